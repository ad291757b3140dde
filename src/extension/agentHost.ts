import { commands, env, l10n, type WebviewView, window, workspace } from 'vscode';
import type { AgentEvent } from '../core/events';
import { allowBlocked, type BlockedCall, canBeAllowed } from '../core/gate/allowBlocked';
import { type Course, courseOf } from '../core/gate/course';
import type { Grant } from '../core/gate/ledger';
import { createModalPrompter } from '../core/gate/modalPrompter';
import type { Prompter, Question } from '../core/gate/prompter';
import type { Recorded } from '../core/gate/replay';
import { withExample } from '../core/gate/ruleExample';
import { callId } from '../core/ids';
import { english, say } from '../core/say';
import { readTranscript } from '../core/sessions/transcript';
import type { ToolCall } from '../core/tools/call';
import { type AgentSession, createAgentSession } from '../node/agentSession';
import { resolveCredentials } from '../node/credentials';
import { createDocuments } from '../node/documents';
import { createInForce } from '../node/inForce';
import type { McpServers } from '../node/mcp/mcpServers';
import { createModelSource } from '../node/modelSource';
import { nearestReal } from '../node/nearestReal';
import { nodeClock } from '../node/nodeClock';
import { nodeDigest } from '../node/nodeDigest';
import { nodeFiles } from '../node/nodeFiles';
import { editorRipgrep } from '../node/ripgrep';
import { analyzeExample } from '../node/ruleAnalysis';
import { createTelemetry } from '../node/telemetry';
import type { ChatItem, ChatStatus, FromPage } from '../webview/protocol';
import { createActivity } from './activity';
import { apiKeySecret } from './apiKey';
import { createAskDesk } from './askDesk';
import { askWhy } from './askWhy';
import { createCardDesk } from './cardDesk';
import type { SessionChanges } from './changedFiles';
import { type Change, type ChatItems, createChatItems } from './chatItems';
import { chatStatus, type Situation } from './chatStatus';
import { createChatView } from './chatView';
import { createEditorFiles } from './editorFiles';
import type { HostParts } from './hostParts';
import { describeBoundary, type SessionLedger } from './ledgerView';
import { localize } from './localize';
import { createMcpAsk, createMcpMemory } from './mcpConsent';
import { createPageMessages } from './pageMessages';
import { createPersonPrompter } from './personPrompter';
import { editRule, type RuleHelperPorts, triedOn } from './ruleHelper';
import { createRuleOffer } from './ruleOffer';
import { heldText, type ListedSession, type SessionListPorts, showSessions } from './sessionList';
import { createSessionRooms, type Room, titleOf } from './sessionRooms';
import { createSessionStore } from './sessionStore';
import { rewindTo, undoChanges } from './undoChanges';
import { linkedFolders, workspaceFolders, workspacePlace } from './workspacePlace';

/** The agent in this window: its sessions, one of them on the page, and its questions. Loaded on first use. */
export interface AgentHost {
  resolve(view: WebviewView): void;
  send(text: string): Promise<void>;
  newSession(): Promise<void>;
  /** Lets the person find, open, export and delete sessions. */
  sessions(): Promise<void>;
  /** Has the conversation summarised. */
  compact(): Promise<void>;
  stop(): Promise<void>;
  focus(): Promise<void>;
  /** What the person said yes to for this session, and how it is taken back. */
  readonly grants: () => readonly Grant[];
  revoke(id: string): void;
  /** What the person said yes and no to in the session that is open; undefined where none is. */
  ledger(): SessionLedger | undefined;
  /** The files that the agent has changed in the session that is open. */
  changes(): SessionChanges | undefined;
  /** Opens what a file was before the agent changed it beside what it is now. */
  compare(path: string | undefined): Promise<void>;
  /** Takes back what the agent changed in a file, or in all. */
  undoFiles(path: string | undefined): Promise<void>;
  /** The MCP servers of the session that is open. */
  mcp(): McpServers | undefined;
  /** What was decided in all sessions of this workspace, the newest last. */
  decisions(): Promise<readonly Recorded[]>;
  /** Stops everything that runs. What is stored is there again when a host is made anew. */
  dispose(): Promise<void>;
  readonly seam: HostSeam;
}

/** For tests: what is on the page, what has happened, and another person to ask. */
interface HostSeam {
  events(): readonly AgentEvent[];
  items(): readonly ChatItem[];
  status(): ChatStatus;
  draft(): string;
  /** What the gate would do with a call by itself, here and now. */
  course(tool: string, input: unknown): Course;
  /** Does what the page asks for. */
  receive(message: FromPage): Promise<void>;
  /** Answers every question from now on; undefined: cards and dialogs again. */
  usePrompter(prompter: Prompter | undefined): void;
}

/** Builds the object graph and opens the session that was open last. */
/** Undefined for what is no text. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export async function createAgentHost(parts: HostParts): Promise<AgentHost> {
  const { book, classifier, context, control, documents, logger, policy, settings, use } = parts;
  const store = createSessionStore(
    (context.storageUri ?? context.globalStorageUri).fsPath,
    context.workspaceState,
    nodeDigest,
    (error) => logger.error(`something of the session could not be stored: ${String(error)}`),
  );
  const wording = { localize, language: env.language };
  const activity = createActivity(nodeClock);
  const telemetry = createTelemetry(process.env, logger);
  const desk = createCardDesk();
  const models = createModelSource({
    async credentials() {
      const { baseUrl, customHeaders } = settings.user.api;
      const stored = await context.secrets.get(apiKeySecret);
      return resolveCredentials({ stored, env: process.env, settingBaseUrl: baseUrl, customHeaders });
    },
    createModel: async (options) => (await import('../node/anthropicModel')).createAnthropicModel(options),
    allowedModels: () => policy.policy().allowedModels,
    startDemo: async () => (await import('../node/demo/demo')).startDemo(),
  });

  /** What the page shows where no session is open. */
  let emptyPage = createChatItems(wording);
  /** Of the session on the page. */
  const agent = (): AgentSession | undefined => rooms.shown?.agent;
  const items = (): ChatItems => rooms.shown?.items ?? emptyPage;
  let folders = workspaceFolders(settings.user.additionalFolders);
  let connection: Pick<Situation, 'connection' | 'missing'> = { connection: 'unknown', missing: undefined };
  let draft = store.draft();
  let other: Prompter | undefined;

  const status = (): ChatStatus =>
    chatStatus(
      {
        ...connection,
        folders,
        mode: control.inForce(),
        model: settings.user.model,
        progress: items().progress,
        trusted: workspace.isTrusted,
        others: rooms.all
          .filter((room) => room !== rooms.shown && room.agent.session.busy)
          .map((room) => ({ title: titleOf(room), asks: room.waiting.size > 0 })),
      },
      localize,
    );
  const view = createChatView({
    extensionUri: context.extensionUri,
    logger,
    snapshot: () => ({ items: items().items, status: status(), draft }),
    receive: (message) => void receive(message).catch((error) => logger.error(`${message.type}: ${String(error)}`)),
  });
  const show = (change: Change, room = rooms.shown): void => {
    if (room === rooms.shown) view.show(change);
  };
  const modal = createModalPrompter({
    show: parts.show,
    review: documents.review,
    quiet: activity.quiet,
    why: askWhy,
    localize,
  });
  const person = createPersonPrompter({
    desk,
    view,
    modal,
    onQuestion,
    isShown: ({ id }) => roomOf(id) === rooms.shown,
    async showCard({ id }) {
      const room = roomOf(id);
      if (room) await showSession(room.id);
      await view.focus();
    },
  });

  const asks = createAskDesk((open, isOpen) => {
    const room = roomOf(open.id);
    if (room) show(room.items.asks(open, isOpen), room);
    if (room !== rooms.shown) view.status();
    person.agentAsks(asks.waiting.length, isOpen ? open : undefined);
  });
  const inForce = createInForce({ ...parts, trusted: () => workspace.isTrusted });
  const askMcp = createMcpAsk({ show: parts.show, open: documents.open, quiet: activity.quiet });

  const roomOf = (questionId: string): Room | undefined => rooms.all.find(({ waiting }) => waiting.has(questionId));

  function onQuestion(question: Question, open: boolean): void {
    const room = roomOf(question.id);
    if (room) show(room.items.ask(question, open), room);
    if (room !== rooms.shown) view.status();
  }

  async function build(id: string): Promise<Room | undefined> {
    book.refresh();
    const items = createChatItems({ ...wording, folders });
    const [first, ...rest] = folders;
    if (first === undefined) {
      emptyPage = items;
      return undefined;
    }
    const waiting = new Set<string>();
    const opened = await createAgentSession({
      id,
      folders: [first, ...rest],
      openedAs: linkedFolders(),
      place: (cwd, scratch) => ({ ...workspacePlace(context, folders, cwd, scratch), ...inForce.bounds() }),
      circumstances: inForce.circumstances,
      model: models,
      modelName: () => models.demoModel ?? settings.user.model,
      classifier: { settings: () => inForce.classifier(models.demoModel ?? settings.user.model) },
      bashTimeoutMs: () => settings.user.bashTimeoutMs,
      prompter: {
        async ask(question, signal) {
          waiting.add(question.id);
          try {
            const answer = await (other ?? person).ask(question, signal);
            offers.note(question, answer);
            return answer;
          } finally {
            waiting.delete(question.id);
          }
        },
      },
      asker: {
        async ask(call, questions, signal) {
          waiting.add(call);
          try {
            return await asks.ask(call, questions, signal);
          } finally {
            waiting.delete(call);
          }
        },
      },
      saveRule: (rule, call) => saveRule(rule, call),
      places: store.places(id),
      auditFolders: () => policy.policy().auditFolders,
      ripgrep: editorRipgrep(env.appRoot),
      files: createEditorFiles(nodeFiles),
      documents: createDocuments(context.asAbsolutePath('dist/documentWorker.js')),
      mcp: {
        userServers: () => settings.user.mcpServers,
        policy: () => policy.policy().mcp,
        memory: createMcpMemory(context.globalState, first),
        ask: askMcp,
        notice: (said) => show(items.notice('warning', said)),
      },
      logger,
    });
    const room: Room = { id, agent: opened, items, waiting };
    for (const event of opened.session.events) items.add(event);
    opened.session.onEvent((event) => heard(room, event));
    let known = opened.ledger.boundaries;
    opened.ledger.onChange(() => {
      // The message that they stand in comes first, and all of it at once.
      queueMicrotask(() => {
        const { boundaries } = opened.ledger;
        const fresh = boundaries.filter(({ id }) => !known.some((each) => each.id === id));
        known = boundaries;
        if (fresh.length > 0)
          show(items.notice('info', say('Noted: {0}', fresh.map(describeBoundary).join(' ')), 'ledger'), room);
      });
    });
    opened.classifier.onHealth((health) => {
      if (room === rooms.shown) classifier.set(health);
      logger.warn(`the classifier: ${health.state}${health.state === 'down' ? `, ${english(health.why)}` : ''}`);
    });
    for (const { said } of opened.session.undo?.interrupted ?? []) items.notice('warning', said);
    // Whatever changed while the stored session was read.
    opened.gateState.update(inForce.circumstances());
    return room;
  }

  const rooms = createSessionRooms({
    lock: store.lock,
    build,
    logger,
    onShown(room) {
      if (room) {
        store.setCurrent(room.id);
        classifier.set(room.agent.classifier.health);
      }
      void commands.executeCommand('setContext', 'gatehouse.busy', items().progress.busy);
      parts.onFilesChanged();
      view.title(room && titleOf(room));
      view.reset();
    },
    onLost(room) {
      const said = say(
        'This session was opened in another window while this one did not answer. It goes on there; here it was stopped.',
      );
      show(room.items.notice('warning', said), room);
      void room.agent.session.stop();
    },
  });

  function heard(room: Room, event: AgentEvent): void {
    show(room.items.add(event), room);
    switch (event.type) {
      case 'turn-start':
      case 'turn-end':
        void commands.executeCommand('setContext', 'gatehouse.busy', items().progress.busy);
        if (room === rooms.shown) view.title(titleOf(room));
        view.status();
        if (event.type === 'turn-end' && room !== rooms.shown) void endedBehind(room);
        break;
      case 'call-kept':
      case 'call-undone':
        parts.onFilesChanged();
        break;
      case 'call-decided':
        use.note(event.record);
        telemetry?.note(event.record);
        break;
      case 'todos':
      case 'cwd':
      case 'user':
      case 'queued':
      case 'withdrawn':
        view.status();
        break;
      default:
    }
  }

  /** A session that nobody looks at is done. */
  async function endedBehind(room: Room): Promise<void> {
    const title = titleOf(room);
    // After the listeners: the next message that waited may have begun another turn.
    await rooms.rested(room);
    view.status();
    if (room.agent.session.busy || rooms.shown === room) return;
    const open = l10n.t('Show');
    const picked = await window.showInformationMessage(l10n.t('The session “{0}” has ended its turn.', title), open);
    if (picked !== open) return;
    await showSession(room.id);
    await view.focus();
  }

  function circumstancesChanged(): void {
    for (const room of rooms.all) room.agent.gateState.update(inForce.circumstances());
    view.status();
  }

  /** Folders or hosts that are in bounds. */
  function boundsChanged(): void {
    folders = workspaceFolders(settings.user.additionalFolders);
    const [first] = folders;
    for (const {
      agent: { gateState },
    } of first === undefined ? [] : rooms.all) {
      const { place } = gateState.state();
      const cwd = folders.some((folder) => place.cwd === folder || place.cwd.startsWith(`${folder}/`))
        ? place.cwd
        : first;
      if (cwd === undefined) continue;
      gateState.update({ place: { ...place, workspace: folders, cwd, ...inForce.bounds() } });
    }
    view.status();
  }

  async function refreshConnection(): Promise<void> {
    const state = await models.state();
    connection = { connection: state.kind, missing: state.kind === 'none' ? state.reason : undefined };
    view.status();
  }

  async function keyChanged(): Promise<void> {
    await models.leaveDemo();
    await refreshConnection();
    if (items().progress.failed && connection.connection === 'key')
      show(items().notice('info', say('The API key has changed. What failed can be tried again.'), 'retry'));
  }

  async function startDemo(): Promise<void> {
    await models.useDemo();
    await refreshConnection();
    // An empty page says it in its welcome, with the tasks to try.
    if (items().items.length === 0) return;
    const said = say(
      'The offline demo model answers now. Its words are scripted; the tools, the gate and its decisions are the real ones.',
    );
    show(items().notice('info', said));
    if (items().progress.failed) await agent()?.session.retry();
  }

  /** After a reload the window before may still be closing, with the session in its hands. */
  async function openLast(): Promise<boolean> {
    const id = store.currentId();
    for (let tries = 0; tries < 20; tries += 1) {
      if (await rooms.show(id)) return true;
      await nodeClock.sleep(250);
    }
    return false;
  }

  async function newSession(): Promise<void> {
    await rooms.show(store.newId());
  }

  async function showSession(id: string): Promise<void> {
    if (await rooms.show(id)) return;
    void window.showInformationMessage(heldText((await titleOfStored(id)) ?? ''));
  }

  const titleOfStored = async (id: string) => (await store.list()).find((session) => session.id === id)?.title;

  const list: SessionListPorts = {
    confirm: parts.show,
    newSession,
    show: showSession,
    async sessions() {
      const here = new Map(rooms.all.map((room) => [room.id, room]));
      return (await store.list()).map((session) => {
        const room = here.get(session.id);
        return room
          ? { ...session, held: false, interrupted: false, here: stateOf(room) }
          : { ...session, here: undefined };
      });
    },
    async transcript(id) {
      await rooms.all.find((room) => room.id === id)?.agent.session.flushed();
      return readTranscript(store.transcript(id));
    },
    async remove(id) {
      const wasShown = rooms.shown?.id === id;
      await rooms.close(id);
      await store.remove(id);
      if (wasShown) await newSession();
    },
  };

  const stateOf = (room: Room): ListedSession['here'] =>
    room.waiting.size > 0 ? 'asking' : room.agent.session.busy ? 'working' : room === rooms.shown ? 'shown' : undefined;

  async function compact(): Promise<void> {
    const session = agent()?.session;
    if (!session?.busy) return session?.compact();
    show(items().notice('info', say('The agent is working. Summarise the conversation when it is done.')));
  }

  async function send(text: string): Promise<void> {
    await rooms.settled();
    const session = agent()?.session;
    if (session && text.trim() === '/compact') return compact();
    if (session) return session.send(text);
    // It stays on the page, where it can be recalled with the arrow key.
    show(items().add({ type: 'user', text, at: nodeClock.now() }));
    show(
      items().notice(
        'warning',
        say(
          'No folder is open, so there is nothing to work on. Open a folder on this machine (File > Open Folder), then send it again.',
        ),
      ),
    );
  }

  /** A yes after a block. The agent hears of it in the person's own words, so that it may try again. */
  async function allowCall(call: BlockedCall): Promise<void> {
    const { ledger, session } = agent() ?? {};
    if (!ledger || !session || !canBeAllowed(call.record)) return;
    if (!(await allowBlocked(call, modal, ledger, nodeClock.now))) return;
    show(items().notice('info', say('You allowed exactly this call, once: {0}', call.record.title)));
    if (!session.busy)
      await session.send(
        l10n.t('I allow the call that was blocked, exactly as it was and once: {0}', call.record.title),
      );
  }

  function theAgent(): AgentSession {
    const present = agent();
    if (!present) throw new Error('there is no session');
    return present;
  }

  const helper: RuleHelperPorts = {
    analyze: (call) => theAgent().analyze(call),
    place: () => theAgent().gateState.state().place,
    rules: () => inForce.circumstances().rules,
    recent: () => store.recent(triedOn),
    open: documents.open,
  };

  const saveRule = (rule: string, call: ToolCall): Promise<void> =>
    settings.addRule('allow', withExample(rule, call, helper.place(), analyzeExample));
  const offers = createRuleOffer({
    memory: context.globalState,
    edit: (question, rule) => editRule(helper, question, rule),
    save: (rule, { call }) => saveRule(rule, call),
  });

  const receive = createPageMessages({
    activity,
    desk,
    documents,
    show: parts.show,
    items,
    saveDraft(next) {
      draft = next;
      store.saveDraft(next);
    },
    editRule: (question, rule) => editRule(helper, question, rule),
    allowCall,
    reply: (id, answers) => asks.answer(id, answers),
    stopJob: async (job) => agent()?.stopJob(job),
    undoCall: async (id, direction) => {
      const present = agent();
      if (present) await undoChanges(undoPorts(present), { ids: [id], direction });
    },
    async rewind(n) {
      const present = agent();
      const text = present && (await rewindTo(undoPorts(present), n));
      if (text === undefined) return;
      // The words are back in the box, to be put better.
      view.fill(text);
    },
    send,
    async withdraw(id, edit) {
      const text = await agent()?.session.withdraw(id);
      if (edit && text !== undefined) view.fill(text, true);
    },
    sendWaiting: async () => agent()?.session.sendWaiting(),
    stop: async () => agent()?.session.stop(),
    retry: async () => agent()?.session.retry(),
    async goOn() {
      const session = agent()?.session;
      // The model had the last word, so it needs one to go on.
      await (session?.messages.at(-1)?.role === 'user' ? session.retry() : session?.send(l10n.t('Go on.')));
    },
    newSession,
    startDemo,
    showLog: () => parts.channel.show(true),
  });

  const undoPorts = ({ session }: AgentSession) => ({ session, folders, show: parts.show, compare });

  async function compare(path: string | undefined): Promise<void> {
    const undo = agent()?.session.undo;
    const file = (await undo?.changedFiles())?.find((each) => each.path === path);
    if (!undo || !file) return;
    const bytes = file.before.type === 'file' ? await undo.content(file.before) : new Uint8Array();
    await documents.compare(file.path, bytes && textOf(bytes), file.now.type === 'file');
  }

  async function undoFiles(path: string | undefined): Promise<void> {
    const present = agent();
    if (!present) return;
    const files = (await present.session.undo?.changedFiles()) ?? [];
    const ids = new Set(files.filter((file) => path === undefined || file.path === path).flatMap((file) => file.ids));
    await undoChanges(undoPorts(present), {
      ids: [...ids],
      direction: 'undo',
      ...(path !== undefined && { only: path }),
    });
  }

  const mcpFiles = workspace.createFileSystemWatcher('**/.mcp.json');
  const mcpChanged = (): void => {
    for (const { agent } of rooms.all) agent.mcp?.refresh();
  };
  const watching = [
    ...[mcpFiles, mcpFiles.onDidChange(mcpChanged), mcpFiles.onDidCreate(mcpChanged), mcpFiles.onDidDelete(mcpChanged)],
    ...[settings.onChange(mcpChanged), policy.onChange(mcpChanged)],
    control.onChange(circumstancesChanged),
    settings.onChange(() => {
      boundsChanged();
      circumstancesChanged();
      void refreshConnection();
    }),
    book.onChange(circumstancesChanged),
    policy.onChange(boundsChanged),
    workspace.onDidSaveTextDocument(({ uri }) => {
      if (uri.scheme === 'file')
        for (const room of rooms.all) room.agent.savedByPerson(nearestReal(uri.fsPath) ?? uri.fsPath);
      parts.onFilesChanged();
    }),
    workspace.onDidGrantWorkspaceTrust(circumstancesChanged),
    workspace.onDidChangeWorkspaceFolders(boundsChanged),
    context.secrets.onDidChange(({ key }) => {
      if (key === apiKeySecret) void keyChanged();
    }),
    window.onDidChangeTextEditorSelection(({ kind }) => {
      // TextEditorSelectionChangeKind.Keyboard: somebody types in an editor, and the next key may meet a dialog.
      if (kind === 1) activity.typed();
    }),
    person,
  ];
  if (!(await openLast())) {
    await newSession();
    const said = say('The session you had here last is open in another window, so a new one was begun.');
    show(items().notice('info', said));
  }
  await refreshConnection();
  logger.debug(l10n.t('The agent is ready.'));

  return {
    resolve: (next) => view.resolve(next),
    send,
    newSession,
    sessions: () => showSessions(list),
    compact,
    stop: async () => agent()?.session.stop(),
    focus: () => view.focus(),
    grants: () => agent()?.ledger.entries.filter((entry) => entry.type === 'grant') ?? [],
    ledger() {
      const present = agent();
      return present && { ledger: present.ledger, boundariesIn: present.boundariesIn };
    },
    revoke: (id) => agent()?.ledger.revoke(id),
    changes() {
      const undo = agent()?.session.undo;
      return undo && { undo, folders };
    },
    compare,
    undoFiles,
    mcp: () => agent()?.mcp,
    decisions: () => store.recent(Number.POSITIVE_INFINITY),
    async dispose() {
      for (const watcher of watching) watcher.dispose();
      await rooms.dispose();
      await models.leaveDemo();
      await telemetry?.dispose();
      view.dispose();
    },
    seam: {
      events: () => agent()?.session.events ?? [],
      items: () => items().items,
      status,
      draft: () => draft.text,
      course(tool, input) {
        const call = { id: callId('seam'), tool, input };
        return courseOf(call, theAgent().gateState.state(), theAgent().analyze(call)).course;
      },
      receive,
      usePrompter(prompter) {
        other = prompter;
      },
    },
  };
}
