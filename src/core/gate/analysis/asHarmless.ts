import type { Analysis } from './analysis';

/** Whether one call says nothing against itself that another, which was let through, does not say as well. */
export function isAsHarmless(next: Analysis, approved: Analysis): boolean {
  if (next.answer === 'allow') return true;
  if (next.answer === 'block' || next.critical || next.opaque) return false;
  const known = new Set(approved.findings.filter(({ answer }) => answer !== 'allow').map(({ rule }) => rule));
  return next.findings.every(({ answer, rule }) => answer === 'allow' || known.has(rule));
}
