import { existsSync } from 'node:fs';

/** Whether this machine is a container that can be thrown away, as far as such a thing can be told. */
export function isContained(env: Readonly<Record<string, string | undefined>>): boolean {
  // `container`: set by podman, systemd-nspawn and LXC (https://systemd.io/CONTAINER_INTERFACE).
  return (
    ['/.dockerenv', '/run/.containerenv'].some((path) => existsSync(path)) ||
    env['container'] !== undefined ||
    env['KUBERNETES_SERVICE_HOST'] !== undefined
  );
}
