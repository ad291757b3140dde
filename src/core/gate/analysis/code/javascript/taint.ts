import { clean, type Taint, taintOf } from '../../shell/field';
import type { Value } from './value';

const mostHolders = 400;

/** What a value carries, through everything it holds. */
export function taintOfValue(value: Value): Taint {
  switch (value.kind) {
    case 'text':
      return taintOf(value.pieces);
    case 'object':
      return value.taint;
    case 'number':
    case 'function':
    case 'class':
      return clean;
    default: {
      const found = { secret: false, network: false };
      addTaint(value, found, new Set());
      return found;
    }
  }
}

function addTaint(value: Value | undefined, found: { secret: boolean; network: boolean }, seen: Set<Value>): void {
  if (!value) return;
  switch (value.kind) {
    case 'text':
    case 'object': {
      const taint = value.kind === 'object' ? value.taint : taintOf(value.pieces);
      found.secret ||= taint.secret;
      found.network ||= taint.network;
      return;
    }
    case 'known':
      found.secret ||= value.name === 'process.env';
      return;
    case 'number':
    case 'function':
    case 'class':
      return;
  }
  if (seen.has(value) || seen.size > mostHolders) return;
  seen.add(value);
  switch (value.kind) {
    case 'list':
      for (const item of value.items) addTaint(item, found, seen);
      addTaint(value.rest, found, seen);
      return;
    case 'dict':
      for (const item of value.entries.values()) addTaint(item, found, seen);
      addTaint(value.rest, found, seen);
      return;
    case 'instance':
      for (const item of value.of.fields.values()) addTaint(item, found, seen);
      return;
    case 'any':
      for (const item of value.of) addTaint(item, found, seen);
      return;
    case 'bound':
      for (const item of value.args) addTaint(item, found, seen);
      return;
    case 'method':
      addTaint(value.of, found, seen);
  }
}
