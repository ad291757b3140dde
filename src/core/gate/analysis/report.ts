import { type Said, say } from '../../say';
import type { CriticalPlace } from '../critical';
import type { Certainty, Effect, EffectKind, Span, Target } from '../effect';
import type { Located } from '../paths';
import { remarkFor } from './allowed';
import {
  type Analysis,
  type Answer,
  decisiveFinding,
  type Finding,
  type RestsOn,
  type SimpleCommand,
} from './analysis';
import { type Changes, createChanges, type Past } from './changes';
import { countLimit, type Facts, type Place } from './facts';
import type { Loss } from './loss';

/** The world a call is judged against. */
export interface World {
  readonly place: Place;
  readonly facts: Facts;
  /** What earlier calls of the session left behind. */
  readonly past: Past;
}

/** A doubt or a harm: which rule, why, and the text it rests on. */
export interface Remark {
  readonly rule: string;
  readonly reason: Said;
}

/** Collects what is found out about one call. Nothing that was put in can be taken out again. */
export interface Report {
  readonly world: World;
  /** What this call does to files, for its own later parts and for later calls. */
  readonly changes: Changes;
  effect(kind: EffectKind, target: Target, span: Span | undefined, certainty: Certainty): void;
  /** Something that is not known to be harmless: the answer is at least unsure. */
  doubt(rule: string, reason: Said, ...evidence: readonly (Span | undefined)[]): void;
  /** Something harmful whatever the task: the answer is block. */
  harm(rule: string, reason: Said, ...evidence: readonly (Span | undefined)[]): void;
  /** The call may destroy something no mode may destroy silently. */
  critical(rule: string, reason: Said, certain: boolean, ...evidence: readonly (Span | undefined)[]): void;
  /** Many files may change, and nobody has looked at what they hold then. @param what brings them. */
  sweeps(what: string): void;
  /** What swept through the files so far, in this call or before. */
  swept(): string | undefined;
  /** A secret is read, whether or not that is allowed: the session holds it from then on. @param name where it was. */
  holdsSecret(name: string): void;
  /** Adds to the blast radius. */
  loses(loss: Loss): void;
  /** What stands at a path may be lost, because it is kept before the call runs. @param files how many that are. */
  restsOnKept(path: string, files: number): void;
  /** A file that later steps of work obey is written: what it says is judged when the whole call has been seen. */
  obeys(real: string, span: Span | undefined): void;
  obeyed(): ReadonlyMap<string, Span | undefined>;
  /** A link is made here. @param path as written, folded. */
  linked(path: string): void;
  links(): ReadonlySet<string>;
  /** What a file that is obeyed says has been judged. */
  settleObeyed(real: string): void;
  /** Doubts and harms so far: whether there was one between two moments. */
  doubts(): number;
  /** Single files that the call has been found to lose so far. */
  named(): number;
  command(command: SimpleCommand): void;
  restOn(body: RestsOn): void;
  /** What it does goes on when the call has ended. */
  goesOn(): void;
  /** The call could not be fully opened. */
  opaque(): void;
  /** What was read is not inside the workspace, or not only looked at: never "looks only". */
  beyondLooking(): void;
  /** @param allowed what to say when nothing speaks against the call; by what it does when not given. */
  analysis(allowed?: Remark): Analysis;
}

/** Findings of one rule that are kept; more of the same say nothing new and would make a long call's record long. */
const findingsPerRule = 20;
/** Effects that are kept with their targets; beyond, one unknown effect stands for the rest. */
const effectLimit = 2_000;

/** Why a call may lose something. */
const keptFirst: Remark = {
  rule: 'loss.kept',
  reason: say('what it would lose is kept before it runs, so it can be taken back'),
};

/** The world for a judgement of its own, which does not keep anything before what it judges runs. */
export function withoutRecovery({ place: { recovery: _, ...place }, ...world }: World): World {
  return { ...world, place };
}

export function createReport(world: World): Report {
  const findings: Finding[] = [];
  const perRule = new Map<string, number>();
  const effects: Effect[] = [];
  const seen = new Set<string>();
  const commands: SimpleCommand[] = [];
  const losses: Loss[] = [];
  const obeyed = new Map<string, Span | undefined>();
  const settled = new Set<string>();
  const links = new Set<string>();
  let single = 0;
  let count = 0;
  const bodies = new Map<string, RestsOn>();
  let opaque = false;
  let background = false;
  let onlyLooks = true;
  let critical: Finding | undefined;

  const add = (answer: Answer, rule: string, reason: Said, evidence: readonly (Span | undefined)[]): Finding => {
    const finding: Finding = { answer, rule, reason, evidence: evidence.filter((span) => span !== undefined) };
    count += 1;
    const same = (perRule.get(`${answer} ${rule}`) ?? 0) + 1;
    perRule.set(`${answer} ${rule}`, same);
    if (same <= findingsPerRule) findings.push(finding);
    return finding;
  };

  const changes = createChanges(world.past);
  let secret: string | undefined;
  let serves = false;
  let swept: string | undefined;
  const keptPaths = new Set<string>();
  let keptFiles = 0;

  /** What is lost because it is kept has its limits. */
  function judgeKept(): void {
    const { facts, past, place } = world;
    if (keptPaths.size === 0 || !place.recovery) return;
    const sum = keptFiles + past.kept;
    // What is not counted is more than that.
    const all = place.workspace.reduce((total, folder) => total + (facts.census(folder)?.files ?? countLimit), 0);
    if (sum > place.recovery.files || sum > place.recovery.share * all)
      add(
        'unsure',
        'loss.limit',
        say(
          'with it {0} files would be lost since the user last spoke, which is more than is lost without a question',
          sum,
        ),
        [],
      );
  }

  return {
    world,
    changes,
    sweeps(what) {
      swept ??= what;
    },
    swept: () => swept ?? world.past.swept,
    holdsSecret(name) {
      secret ??= name;
    },
    effect(kind, target, span, certainty) {
      if (kind !== 'read' || target.type !== 'path') onlyLooks = false;
      if (kind === 'listen') serves = true;
      if (effects.length > effectLimit) return;
      const where =
        target.type === 'path' ? `${target.path}\n${target.real}\n${target.recursive}` : JSON.stringify(target);
      const key = `${kind} ${where} ${span?.start} ${span?.end}`;
      if (seen.has(key)) return;
      seen.add(key);
      effects.push(
        effects.length === effectLimit
          ? {
              kind: 'execute',
              target: { type: 'unknown', what: 'more than could be listed' },
              certainty,
              span: undefined,
            }
          : { kind, target, certainty, span },
      );
    },
    doubt(rule, reason, ...evidence) {
      add('unsure', rule, reason, evidence);
    },
    harm(rule, reason, ...evidence) {
      add('block', rule, reason, evidence);
    },
    critical(rule, reason, certain, ...evidence) {
      // A person decides about critical calls, so analysis itself is only unsure: a block would be told to the model instead.
      const finding = { ...add('unsure', rule, reason, evidence), answer: certain ? 'block' : 'unsure' } as const;
      if (!critical || (certain && critical.answer !== 'block')) critical = finding;
    },
    loses(loss) {
      losses.push(loss);
      if (loss.files === 1 && !(loss.untracked === 1 && loss.recoverable)) single += 1;
    },
    obeys(real, span) {
      obeyed.set(real, span);
    },
    obeyed: () => obeyed,
    doubts: () => count,
    named: () => single,
    command(command) {
      commands.push(command);
    },
    restOn(body) {
      bodies.set(body.path, body);
    },
    goesOn() {
      background = true;
      onlyLooks = false;
    },
    opaque() {
      opaque = true;
    },
    beyondLooking() {
      onlyLooks = false;
    },
    linked(path) {
      links.add(path);
    },
    links: () => links,
    settleObeyed(real) {
      settled.add(real);
    },
    restsOnKept(path, files) {
      if (!keptPaths.has(path)) keptFiles += files;
      keptPaths.add(path);
    },
    analysis(allowed) {
      judgeKept();
      // Nobody has looked at what these hold now.
      for (const [real, span] of obeyed)
        if (!settled.has(real))
          add('unsure', 'edits.executed-later', say('{0} runs or takes effect later, so what it says decides', real), [
            span,
          ]);
      const found = allowed
        ? { remark: allowed, evidence: [] }
        : keptPaths.size > 0
          ? { ...remarkFor(effects), remark: keptFirst }
          : remarkFor(effects);
      const allow: Finding = { answer: 'allow', ...found.remark, evidence: found.evidence };
      const [first, ...rest] = findings;
      const all = first ? ([first, ...rest] as const) : ([allow] as const);
      const decisive = decisiveFinding(opaque && !first ? [notOpened] : all);
      return {
        answer: decisive.answer,
        decisive,
        findings: first ? all : [decisive],
        effects,
        commands,
        opaque,
        looksOnly: onlyLooks && !opaque && decisive.answer === 'allow',
        critical,
        restsOn: [...bodies.values()],
        loss: sumOf(losses),
        named: single,
        kept: { paths: [...keptPaths], files: keptFiles },
        changes: changes.own,
        background,
        secret,
        serves,
        swept,
      };
    },
  };
}

/** Several losses as one. */
function sumOf(losses: readonly Loss[]): Loss | undefined {
  if (losses.length === 0) return undefined;
  const total = (pick: (loss: Loss) => number): number => losses.reduce((sum, loss) => sum + pick(loss), 0);
  return {
    files: losses.some(({ files }) => files === undefined) ? undefined : total(({ files }) => files ?? 0),
    share: losses.some(({ share }) => share === undefined) ? undefined : total(({ share }) => share ?? 0),
    tracked: total(({ tracked }) => tracked),
    untracked: total(({ untracked }) => untracked),
    ignored: total(({ ignored }) => ignored),
    recoverable: losses.every(({ recoverable }) => recoverable),
  };
}

const notOpened: Finding = {
  answer: 'unsure',
  rule: 'shell.opaque',
  reason: say('a part of it could not be opened'),
  evidence: [],
};

export function pathTarget(at: Located, recursive = false): Target {
  return { type: 'path', path: at.path, real: at.real, recursive };
}

export function unknownTarget(what: string): Target {
  return { type: 'unknown', what };
}

/** How a critical place is called in a sentence. */
export function describeCritical(place: CriticalPlace, path: string): Said {
  switch (place) {
    case 'root':
      return say('the root of the file system');
    case 'root-child':
      return say('{0}, a folder of the system', path);
    case 'home':
      return say('{0}, a home folder or one that holds it', path);
    case 'workspace-parent':
      return say('{0}, a folder that holds the workspace', path);
    case 'workspace':
      return say('the whole workspace ({0})', path);
    case 'repository':
      return say('{0}, the history of a repository', path);
    case 'drive':
      return say('{0}, a whole drive', path);
    case 'device':
      return say('{0}, a raw device', path);
  }
}
