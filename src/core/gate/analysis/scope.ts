import { english, say } from '../../say';
import { criticalPlaceOf, isRawDevice } from '../critical';
import type { Certainty, Span } from '../effect';
import { bothWithin, eitherWithin, isWithin, joinPath, type Located, locate, type Strange } from '../paths';
import { type Protection, protectionOf } from '../protectedPaths';
import { type Secrecy, secrecyOf } from '../secretPaths';
import { judgeLoss } from './loss';
import { describeCritical, pathTarget, type Report, unknownTarget } from './report';

/** Where an effect comes from. */
export interface Origin {
  readonly span: Span | undefined;
  readonly certainty: Certainty;
}

/** `content`: what is in it comes out; `look`: only its name, kind, size or dates do. */
export type Depth = 'content' | 'look';

/** Whether a read takes in what lies below: all of it, or all but what links lead to (`unlinked`: the walk follows none). */
export type Below = boolean | 'unlinked';

/** Devices that hold nothing and keep nothing. */
const harmlessDevice = /^\/dev\/(?:null|zero|full|random|urandom|stdin|stdout|stderr|tty|fd\/[0-2])$/;

/** Folders that everybody writes to; what lies there is nobody's in particular, but not the session's either. */
const sharedTemporary = ['/tmp', '/var/tmp', '/private/tmp', '/private/var/tmp', '/dev/shm'];

/**
 * Judges a path that is read and reports the effect.
 * @param path absolute, as written.
 * @param recursive everything below is read too; `hidden`: also what has a leading dot.
 * @returns the secrecy of what is read, so that it can be followed to where it goes.
 */
export function judgeRead(
  report: Report,
  path: string,
  from: Origin,
  depth: Depth = 'content',
  recursive: Below = false,
  hidden = true,
): Secrecy | undefined {
  if (harmlessDevice.test(path)) return undefined;
  const { place, facts } = report.world;
  const found = locate(path, facts);
  if (!found.ok) {
    report.effect('read', unknownTarget(path), from.span, from.certainty);
    refuseStrange(report, path, found.why, from.span);
    return found.why === 'process-link' ? 'store' : undefined;
  }
  const { at } = found;
  throughLink(report, at, 'read', from.span);
  report.effect('read', pathTarget(at, recursive !== false), from.span, from.certainty);
  const inside = bothWithin(at, place.workspace, facts);
  if (!inside) report.beyondLooking();
  const secrecy =
    secrecyOf(at.real, place, facts) ??
    secrecyOf(at.path, place, facts) ??
    // A file that was written from a secret is one.
    (report.changes.of(at.real)?.secret === true ? 'project' : undefined);
  if (secrecy) reportSecret(report, at, secrecy, depth, from.span);
  if (eitherWithin(at, place.ours, facts) && !bothWithin(at, place.workspace, facts))
    report.doubt('gate.data', say('{0} is the gate’s or the editor’s own data', at.path), from.span);
  else if (/^\/dev\//.test(at.real)) report.doubt('paths.device', say('{0} is a device', at.real), from.span);
  const below = recursive !== false && !secrecy && judgeBelow(report, at, depth, recursive, hidden, from);
  if (depth === 'look') return undefined;
  return secrecy ?? (below ? 'project' : undefined);
}

/** A link that this call makes is not there yet to be followed. */
function throughLink(report: Report, at: Located, kind: 'read' | 'write' | 'delete', span: Span | undefined): void {
  for (const link of report.links())
    if (at.path === link || at.path.startsWith(`${link}/`)) {
      report.effect(kind, unknownTarget(at.path), span, 'possible');
      report.doubt('paths.link', say('{0} goes through a link that this call makes', at.path), span);
    }
}

function reportSecret(report: Report, at: Located, secrecy: Secrecy, depth: Depth, span: Span | undefined): void {
  if (depth === 'look') {
    if (secrecy === 'store')
      report.doubt('secrets.store-look', say('{0} is where credentials are kept', at.path), span);
    return;
  }
  switch (secrecy) {
    case 'store':
      report.holdsSecret(at.path);
      report.harm('secrets.store', say('{0} holds credentials, which no task needs to be read out', at.real), span);
      return;
    case 'project':
      report.holdsSecret(at.path);
      report.doubt('secrets.project', say('{0} may hold a secret of the project', at.path), span);
      return;
    case 'machine':
      report.doubt('secrets.machine', say('{0} tells about accounts, security or logs of the machine', at.real), span);
      return;
    case 'personal':
      report.doubt('secrets.personal', say('{0} is personal and may hold credentials', at.path), span);
      return;
  }
}

/** What a look through a whole folder takes in. @returns whether a secret is among it. */
function judgeBelow(
  report: Report,
  at: Located,
  depth: Depth,
  recursive: Below,
  hidden: boolean,
  { span }: Origin,
): boolean {
  const { place, facts } = report.world;
  if (holdsHomes(at.real, place.home)) {
    report.doubt('secrets.recursive', say('everything below {0} takes in credentials', at.real), span);
    return true;
  }
  if (depth === 'look') return false;
  // The secrets of a project lie at its top; going through all of it to make sure would take longer than the search itself.
  const names = facts.list(at.real) ?? [];
  const secret = names.find(
    (name) => (hidden || !name.startsWith('.')) && secrecyOf(joinPath(at.real, name), place, facts) === 'project',
  );
  if (secret !== undefined)
    report.doubt('secrets.project', say('{0} in {1} may hold a secret of the project', secret, at.path), span);
  if (recursive === true) judgeLinks(report, report.world.facts.links(at.real, true), depth, span);
  return secret !== undefined;
}

/**
 * Judges what links lead to that a read comes upon and follows.
 * @param links undefined: there are too many places to look for them.
 */
export function judgeLinks(
  report: Report,
  links: readonly string[] | undefined,
  depth: Depth,
  span: Span | undefined,
): void {
  const { place, facts } = report.world;
  const from: Origin = { span, certainty: 'possible' };
  const doubt = (): void => {
    report.effect('read', unknownTarget('what links lead to'), span, 'possible');
    report.doubt('paths.link', say('it follows links, which may lead out of the workspace'), span);
  };
  if (!links) doubt();
  for (const link of links ?? []) {
    const real = facts.realpath(link);
    if (real === undefined || facts.kind(real) === 'missing') continue;
    const inside = place.workspace.some((folder) => isWithin(real, folder, facts));
    if (inside && secrecyOf(real, place, facts) === undefined) continue;
    // What lies below a folder elsewhere may be anything, and lead on.
    if (facts.kind(real) === 'folder') doubt();
    else judgeRead(report, link, from, depth);
  }
}

function holdsHomes(real: string, home: string): boolean {
  return real === '/' || real === '/home' || real === '/Users' || real === home || home.startsWith(`${real}/`);
}

/** How a write treats what is there: `replace` loses it, `append` and `create` do not. */
export type Writing = 'replace' | 'append' | 'create' | 'folder';

/**
 * Judges a path that is written and reports the effect.
 * @returns the place, when it is one that can be judged.
 */
export function judgeWrite(report: Report, path: string, from: Origin, writing: Writing): Located | undefined {
  if (harmlessDevice.test(path)) return undefined;
  const { place, facts } = report.world;
  const found = locate(path, facts);
  if (!found.ok) {
    report.effect('write', unknownTarget(path), from.span, from.certainty);
    refuseStrange(report, path, found.why, from.span);
    return undefined;
  }
  const { at } = found;
  throughLink(report, at, 'write', from.span);
  report.effect('write', pathTarget(at), from.span, from.certainty);
  if (isRawDevice(at.real)) {
    report.critical(
      'critical.device',
      say('it writes to {0}', english(describeCritical('device', at.real))),
      from.certainty === 'certain',
      from.span,
    );
    return at;
  }
  const protection = protectionOf(at, place, facts);
  if (protection && !(writing === 'folder' && protection === 'executed')) {
    reportProtected(report, at, protection, writing === 'folder', from.span);
    if (protection !== 'executed') return at;
  }
  const scope = place.scratch === undefined ? place.workspace : [...place.workspace, place.scratch];
  if (!bothWithin(at, scope, facts)) {
    reportOutside(report, at, writing, from.span);
    return at;
  }
  if (facts.kind(at.real) === 'other') report.doubt('paths.device', say('{0} is not a plain file', at.path), from.span);
  if (facts.hardLinks(at.real) > 1)
    report.doubt(
      'paths.hard-link',
      say('{0} is also known under another name, which would change too', at.path),
      from.span,
    );
  return at;
}

function reportProtected(
  report: Report,
  at: Located,
  protection: Protection,
  folder: boolean,
  span: Span | undefined,
): void {
  const { place, facts } = report.world;
  const inside = bothWithin(at, place.workspace, facts);
  switch (protection) {
    case 'ours':
      report.effect('settings', pathTarget(at), span, 'certain');
      report.harm('gate.tampering', say('{0} belongs to the gate or the editor', at.real), span);
      return;
    case 'startup':
      report.effect('persist', pathTarget(at), span, 'certain');
      if (folder)
        report.doubt('paths.protected', say('{0} is read by a shell, a login or another program', at.real), span);
      else
        report.harm(
          'paths.startup',
          say('{0} is read by a shell, a login or another program outside the workspace', at.real),
          span,
        );
      return;
    case 'system':
      if (/^\/dev\//.test(at.real)) report.doubt('paths.device', say('{0} is a device', at.real), span);
      else report.harm('paths.system', say('{0} belongs to the machine, not to the workspace', at.real), span);
      return;
    case 'settings':
      report.doubt(
        'paths.protected',
        say('{0} is configuration that runs programs or steers tools', inside ? at.path : at.real),
        span,
      );
      return;
    case 'executed':
      report.obeys(at.real, span);
      return;
  }
}

function reportOutside(report: Report, at: Located, writing: Writing, span: Span | undefined): void {
  const { facts } = report.world;
  const shared = eitherWithin(at, sharedTemporary, facts);
  const link = at.real !== at.path;
  const lost = writing === 'replace' && facts.kind(at.real) !== 'missing' && !shared;
  if (lost)
    report.harm(
      'paths.outside-overwrite',
      say('{0} is outside the workspace, and what it holds would be lost', at.real),
      span,
    );
  else
    report.doubt(
      'paths.outside-write',
      link
        ? say('{0} leads to {1}, outside the workspace', at.path, at.real)
        : say('{0} is outside the workspace', at.real),
      span,
    );
}

/**
 * Judges a path that is removed or moved away and reports the effect.
 * @param recursive everything below goes too.
 * @param loses what it holds is gone; a move only gives it another place.
 */
export function judgeDelete(report: Report, path: string, from: Origin, recursive: boolean, loses = true): void {
  if (harmlessDevice.test(path)) {
    report.doubt('paths.device', say('{0} is a device', path), from.span);
    return;
  }
  const { place, facts } = report.world;
  const found = locateItself(path, report);
  if (!found.ok) {
    report.effect('delete', unknownTarget(path), from.span, from.certainty);
    refuseStrange(report, path, found.why, from.span);
    return;
  }
  const { at } = found;
  throughLink(report, at, 'delete', from.span);
  report.effect('delete', pathTarget(at, recursive !== false), from.span, from.certainty);
  if (eitherWithin(at, place.ours, facts) || place.ours.some((folder) => folder.startsWith(`${at.real}/`)))
    report.harm('gate.tampering', say('{0} belongs to the gate or the editor', at.real), from.span);
  const scope = place.scratch === undefined ? place.workspace : [...place.workspace, place.scratch];
  if (!bothWithin(at, scope, facts)) {
    if (eitherWithin(at, sharedTemporary, facts))
      report.doubt('paths.outside-delete', say('{0} is outside the workspace', at.real), from.span);
    else report.harm('paths.outside-delete', say('{0} is outside the workspace and would be lost', at.real), from.span);
    return;
  }
  const protection = protectionOf(at, place, facts);
  if (protection && protection !== 'executed') reportProtected(report, at, protection, false, from.span);
  if (!loses) return;
  judgeLoss(report, at, from, recursive, 'deletes');
  report.changes.remove(at.real);
}

/** Removing a link removes the link, not what it leads to; a trailing slash follows it. */
function locateItself(path: string, report: Report): ReturnType<typeof locate> {
  const { facts } = report.world;
  const found = locate(path, facts);
  if (path.endsWith('/') || !found.ok || found.at.path === found.at.real || facts.kind(found.at.path) !== 'link')
    return found;
  const slash = found.at.path.lastIndexOf('/');
  const parent = locate(found.at.path.slice(0, slash) || '/', facts);
  if (!parent.ok) return parent;
  const real = `${parent.at.real === '/' ? '' : parent.at.real}${found.at.path.slice(slash)}`;
  return { ok: true, at: { path: found.at.path, real } };
}

/**
 * Reports a target that no mode may destroy silently.
 * @param path absolute, as far as it is known.
 * @param certain the target is known, and not only what is left when an unknown in it is empty.
 * @param what the act: removes, changes the permissions of …
 */
export function judgeCritical(
  report: Report,
  path: string,
  certain: boolean,
  what: 'removal' | 'permissions' | 'move',
  span: Span | undefined,
): boolean {
  const { place, facts } = report.world;
  const found = locate(path, facts);
  if (!found.ok) return false;
  const { at } = found;
  const hit = criticalPlaceOf(at.path, place, facts, certain) ?? criticalPlaceOf(at.real, place, facts, certain);
  if (!hit) return false;
  // A child of the root that is the session's scratch folder is its own to empty.
  if (place.scratch !== undefined && at.real === place.scratch) return false;
  const named = english(describeCritical(hit, at.real));
  const rule = `critical.${what}`;
  switch (what) {
    case 'removal':
      report.critical(
        rule,
        certain
          ? say('it removes {0}', named)
          : say('it removes {0}, should an unknown part of the command be empty or fail', named),
        certain,
        span,
      );
      return true;
    case 'permissions':
      report.critical(
        rule,
        certain
          ? say('it changes owner or permissions of everything in {0}', named)
          : say(
              'it changes owner or permissions of everything in {0}, should an unknown part of the command be empty or fail',
              named,
            ),
        certain,
        span,
      );
      return true;
    case 'move':
      report.critical(
        rule,
        certain
          ? say('it moves away {0}', named)
          : say('it moves away {0}, should an unknown part of the command be empty or fail', named),
        certain,
        span,
      );
      return true;
  }
}

function refuseStrange(report: Report, path: string, why: Strange, span: Span | undefined): void {
  switch (why) {
    case 'process-link':
      report.harm('paths.process-link', say('{0} goes through another process’s view of the files', path), span);
      return;
    case 'unresolved':
      report.doubt('paths.unresolved', say('where {0} leads cannot be told', path), span);
      return;
    case 'nul':
    case 'url':
    case 'device-namespace':
    case 'network-share':
      report.doubt('paths.strange', say('{0} is not a plain path', path), span);
      return;
  }
}
