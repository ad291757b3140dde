/** Collects what arrives between two frames, keeping only the last of each key, in the order in which the keys came. */
export interface FrameQueue<Value> {
  add(value: Value): void;
  flush(): void;
  drop(): void;
}

export function createFrameQueue<Value>(
  keyOf: (value: Value) => string,
  draw: (values: Iterable<Value>) => void,
  schedule: (run: () => void) => void = nextFrame,
): FrameQueue<Value> {
  let waiting = new Map<string, Value>();
  let scheduled = false;

  function flush(): void {
    scheduled = false;
    if (waiting.size === 0) return;
    const values = waiting;
    waiting = new Map();
    draw(values.values());
  }

  return {
    add(value) {
      waiting.set(keyOf(value), value);
      if (scheduled) return;
      scheduled = true;
      schedule(flush);
    },
    flush,
    drop() {
      waiting.clear();
    },
  };
}

/** A hidden page gets no frames; there a timer will do. */
function nextFrame(run: () => void): void {
  if (document.hidden) setTimeout(run, 100);
  else requestAnimationFrame(run);
}
