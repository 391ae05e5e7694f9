/** Inverse of a symmetric positive definite matrix, by Cholesky; null when it is not positive definite. */
export function inverseOf(matrix: Float64Array, size: number): Float64Array | null {
  const root = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column] ?? 0;
      for (let k = 0; k < column; k++) sum -= (root[row * size + k] ?? 0) * (root[column * size + k] ?? 0);
      if (row > column) root[row * size + column] = sum / (root[column * size + column] ?? 1);
      else if (sum > 0) root[row * size + row] = Math.sqrt(sum);
      else return null;
    }
  }
  const inverse = new Float64Array(size * size);
  const solution = new Float64Array(size);
  for (let unit = 0; unit < size; unit++) {
    for (let row = 0; row < size; row++) {
      let sum = row === unit ? 1 : 0;
      for (let k = unit; k < row; k++) sum -= (root[row * size + k] ?? 0) * (solution[k] ?? 0);
      solution[row] = row < unit ? 0 : sum / (root[row * size + row] ?? 1);
    }
    for (let row = size - 1; row >= 0; row--) {
      let sum = solution[row] ?? 0;
      for (let k = row + 1; k < size; k++) sum -= (root[k * size + row] ?? 0) * (solution[k] ?? 0);
      solution[row] = sum / (root[row * size + row] ?? 1);
    }
    inverse.set(solution, unit * size);
  }
  return inverse;
}
