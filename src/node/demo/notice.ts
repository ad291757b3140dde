/** Begins every scenario, so that nobody takes the demo for a model. */
export const demoNotice =
  'This is the **offline demo model**: my words are scripted, but the tools, the gate and its decisions are real.';
