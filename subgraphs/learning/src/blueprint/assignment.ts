interface Arc {
  readonly to: number;
  capacity: number;
  readonly cost: number;
}

/** A network in which goods flow from node to node: capacities whole, costs per unit. */
export class FlowNetwork {
  readonly #arcs: Arc[] = [];
  readonly #from: number[][];

  constructor(nodes: number) {
    this.#from = Array.from({ length: nodes }, () => []);
  }

  /** @returns the arc's number, for {@link isUsed} */
  connect(from: number, to: number, capacity: number, cost = 0): number {
    const index = this.#arcs.length;
    this.#arcs.push({ to, capacity, cost }, { to: from, capacity: 0, cost: -cost });
    this.#from[from]?.push(index);
    this.#from[to]?.push(index + 1);
    return index;
  }

  /** Whether anything flows over an arc. */
  isUsed(arc: number): boolean {
    return (this.#arcs[arc + 1]?.capacity ?? 0) > 0;
  }

  /** Sends as much as possible, as cheaply as possible, by successive shortest paths (Busacker & Gowen 1960). */
  maximize(source: number, sink: number): number {
    let flow = 0;
    for (;;) {
      const path = this.#cheapestPath(source, sink);
      if (path === undefined) return flow;
      for (const index of path) {
        this.#add(index, -1);
        this.#add(index ^ 1, 1);
      }
      flow += 1;
    }
  }

  #add(index: number, units: number): void {
    const arc = this.#arcs[index];
    if (arc !== undefined) arc.capacity += units;
  }

  /** By Bellman and Ford with a queue, as costs may be negative. */
  #cheapestPath(source: number, sink: number): number[] | undefined {
    const cost = this.#from.map(() => Number.POSITIVE_INFINITY);
    const reachedBy: (number | undefined)[] = this.#from.map(() => undefined);
    cost[source] = 0;
    const queue = [source];
    const queued = new Set(queue);
    for (let head = 0; head < queue.length; head++) {
      const node = queue[head] ?? source;
      queued.delete(node);
      for (const index of this.#from[node] ?? []) {
        const arc = this.#arcs[index];
        if (arc === undefined || arc.capacity <= 0) continue;
        const reached = (cost[node] ?? 0) + arc.cost;
        if (reached >= (cost[arc.to] ?? 0) - 1e-12) continue;
        cost[arc.to] = reached;
        reachedBy[arc.to] = index;
        if (!queued.has(arc.to)) {
          queue.push(arc.to);
          queued.add(arc.to);
        }
      }
    }
    if (cost[sink] === Number.POSITIVE_INFINITY) return undefined;
    const path: number[] = [];
    for (let node = sink; node !== source;) {
      const index = reachedBy[node];
      if (index === undefined) return undefined;
      path.push(index);
      node = this.#arcs[index ^ 1]?.to ?? source;
    }
    return path;
  }
}
