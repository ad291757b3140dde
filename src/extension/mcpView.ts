import { l10n, type QuickPickItem, window } from 'vscode';
import { visibleLine } from '../core/gate/visible';
import type { McpState } from '../core/mcp/mcpPorts';
import type { McpServers } from '../node/mcp/mcpServers';
import { localize } from './localize';

/** Lists the MCP servers with their states and tools; lets the person restart one or take a yes back. */
export async function showMcpServers(servers: McpServers | undefined): Promise<void> {
  const states = servers?.states() ?? [];
  if (!servers || states.length === 0) {
    void window.showInformationMessage(
      l10n.t(
        'There is no MCP server. Name some in the setting claudeCode.mcpServers, or in a .mcp.json of a workspace that you trust.',
      ),
    );
    return;
  }
  const picked = await window.showQuickPick(states.map(itemOf), {
    title: l10n.t('Claude Code: MCP Servers'),
    placeHolder: l10n.t('Pick one to see its tools or to restart it.'),
    matchOnDetail: true,
  });
  if (picked) await showOne(servers, picked.server);
}

function itemOf(server: McpState): QuickPickItem & { readonly server: McpState } {
  return {
    server,
    label: `$(${iconOf(server.state)}) ${server.name}`,
    description: `${stateOf(server)} · ${server.source}`,
    detail: server.why ? visibleLine(localize(server.why)) : server.tools.join(', '),
  };
}

function iconOf(state: McpState['state']): string {
  return { asking: 'question', starting: 'loading~spin', ready: 'check', failed: 'error', refused: 'circle-slash' }[
    state
  ];
}

function stateOf({ state, tools }: McpState): string {
  switch (state) {
    case 'asking':
      return l10n.t('waits for your answer');
    case 'starting':
      return l10n.t('starting');
    case 'ready':
      return tools.length === 1 ? l10n.t('1 tool') : l10n.t('{0} tools', tools.length);
    case 'failed':
      return l10n.t('failed');
    case 'refused':
      return l10n.t('not started');
  }
}

async function showOne(servers: McpServers, { name, source, tools, withheld }: McpState): Promise<void> {
  const restart = { label: `$(debug-restart) ${l10n.t('Restart')}` };
  const forget = {
    label: `$(trash) ${source === '.mcp.json' ? l10n.t('Take the yes back and end it') : l10n.t('Forget its tools and end it')}`,
  };
  const picked = await window.showQuickPick<QuickPickItem>(
    [
      restart,
      forget,
      ...tools.map((tool) => ({ label: `$(tools) ${tool}` })),
      ...withheld.map((tool) => ({
        label: `$(circle-slash) ${visibleLine(tool.name)}`,
        description: l10n.t('left out'),
        detail: visibleLine(localize(tool.why)),
      })),
    ],
    { title: l10n.t('MCP Server {0}', name) },
  );
  if (picked === restart) await servers.restart(name);
  if (picked === forget) await servers.forget(name);
}
