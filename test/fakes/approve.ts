import type { Approved } from '../../src/core/gate/gate';
import type { ToolCall } from '../../src/core/tools/call';
import { createNodeFacts } from '../../src/node/nodeFacts';
import { analysisOf, finding, gateWorld } from './gateWorld';

/** An approval from the real gate, for tests of what comes after it. */
export async function approve<Call extends ToolCall>(call: Call): Promise<Approved<Call>> {
  const { gate } = gateWorld({ analysis: () => analysisOf([finding('allow')]) }, true, createNodeFacts());
  const review = await gate.review(call, new AbortController().signal, () => {});
  if (review.outcome !== 'approved') throw new Error(review.text);
  return review.approved;
}
