/** `••••1234`: the last digits, at most four and never more than a third of the number. */
export function lastDigitsOf(accountNumber: string): string {
  return accountNumber.slice(-Math.max(2, Math.min(4, Math.floor(accountNumber.length / 3))));
}

/** `B••• S••••••`: who it is for those who know. */
export function maskedName(name: string): string {
  return name
    .split(/\s+/)
    .map((word) => word.slice(0, 1) + "•".repeat(Math.max(0, word.length - 1)))
    .join(" ");
}
