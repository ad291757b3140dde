import { resolve } from 'node:path';
import type { ToolContext } from '../../src/core/tools/tool';
import { createAnthropicModel } from '../../src/node/anthropicModel';
import { createDocuments } from '../../src/node/documents';
import { createNodeWeb } from '../../src/node/nodeWeb';

/** The parts of a context that need no network: no name is ever found. */
export const offline: Pick<ToolContext, 'web' | 'documents' | 'asHarmless' | 'model' | 'onUsage' | 'onJob' | 'asker'> =
  {
    web: createNodeWeb({ lookup: () => Promise.reject(new Error('there is no network')) }),
    documents: createDocuments(resolve('dist/documentWorker.js')),
    asker: undefined,
    asHarmless: () => true,
    model: { ...createAnthropicModel({ baseURL: 'http://127.0.0.1:9' }), name: () => 'claude-sonnet-4-6' },
    onUsage: () => {},
    onJob: () => {},
  };
