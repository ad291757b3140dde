import { costOf } from '../../core/agent/price';
import type { AgentEvent } from '../../core/events';
import type { DecisionRecord } from '../../core/gate/record';
import type { Usage } from '../../core/ports';

/** What this run of the program has used and what it was not let do. */
export interface Tally {
  /** Of the agent. */
  readonly requests: number;
  /** Of the agent and the classifier. */
  readonly usage: Usage;
  /** By list price, US dollars; undefined once a model was used whose price is not known. */
  readonly cost: number | undefined;
  /** Tokens that the last request read: how full the model's context is. */
  readonly context: number;
  /** Calls that did not run, in order. */
  readonly refused: readonly DecisionRecord[];
  add(event: AgentEvent, model: string): void;
  /** Whether more may be spent: what cannot be counted is not under a limit. @param limit US dollars. */
  within(limit: number | undefined): boolean;
}

const none: Usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };

export function createTally(): Tally {
  let requests = 0;
  let usage = none;
  let cost: number | undefined = 0;
  let context = 0;
  const refused: DecisionRecord[] = [];

  function spend(model: string, used: Usage): void {
    usage = {
      inputTokens: usage.inputTokens + used.inputTokens,
      outputTokens: usage.outputTokens + used.outputTokens,
      cacheReadTokens: usage.cacheReadTokens + used.cacheReadTokens,
      cacheWriteTokens: usage.cacheWriteTokens + used.cacheWriteTokens,
    };
    const price = costOf(model, used);
    cost = cost === undefined || price === undefined ? undefined : cost + price;
  }

  return {
    get requests() {
      return requests;
    },
    get usage() {
      return usage;
    },
    get cost() {
      return cost;
    },
    get context() {
      return context;
    },
    refused,
    within: (limit) => limit === undefined || (cost !== undefined && cost < limit),
    add(event, model) {
      if (event.type === 'usage') {
        requests += 1;
        spend(model, event.usage);
        context = event.usage.inputTokens + event.usage.cacheReadTokens + event.usage.cacheWriteTokens;
      }
      if (event.type !== 'call-decided') return;
      const { record } = event;
      if (record.cost.usage) spend(record.cost.model ?? model, record.cost.usage);
      if (record.outcome === 'blocked' || record.outcome === 'denied') refused.push(record);
    },
  };
}
