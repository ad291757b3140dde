import { analyze } from '../core/gate/analysis/analyze';
import { createVirtualFacts } from '../core/gate/analysis/virtualFacts';
import type { ExampleAnalysis } from '../core/gate/ruleExamples';
import { nodeDigest } from './nodeDigest';

const facts = createVirtualFacts(nodeDigest.sha256);

/** What an example of a rule would do. Loaded on first use: few rules carry examples, and analysis is large. */
export const analyzeExample: ExampleAnalysis = (call, place) => analyze(call, place, facts);
