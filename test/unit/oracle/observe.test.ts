import { strict as assert } from 'node:assert';
import { observe } from '../../oracle/observe';

const shell = ['bash', '-c'];
const start = '5 mkdir("/newroot", 0755) = 0\n5 execve("/usr/bin/bash", ["bash", "-c", "…"], 0x1 /* 2 vars */) = 0\n';

function seen(lines: string, links: Readonly<Record<string, string>> = {}): readonly string[] {
  return observe(start + lines, shell, '/w', new Map(Object.entries(links))).observed.map(
    ({ kind, what, images }) => `${kind} ${what} by ${images.at(-1)?.file.split('/').at(-1)}`,
  );
}

suite('oracle: observe', () => {
  test('nothing counts before the shell was started', () => {
    assert.deepEqual(seen(''), []);
    assert.equal(observe('5 mkdir("/newroot", 0755) = 0\n', shell, '/w').started, false);
    assert.equal(observe(start, shell, '/w').started, true);
  });

  test('how a file is opened says what is done to it', () => {
    const open = (path: string, flags: string) => `5 openat(AT_FDCWD</w>, "${path}", ${flags}) = 3</w/${path}>\n`;
    assert.deepEqual(seen(open('a', 'O_RDONLY')), ['read /w/a by bash']);
    assert.deepEqual(seen(open('a', 'O_RDONLY|O_DIRECTORY')), ['list /w/a by bash']);
    assert.deepEqual(seen(open('a', 'O_WRONLY|O_CREAT|O_TRUNC, 0666')), ['write /w/a by bash']);
    assert.deepEqual(seen(open('a', 'O_RDWR')), ['read /w/a by bash', 'write /w/a by bash']);
    assert.deepEqual(seen(open('a', 'O_RDONLY|O_PATH')), []);
    assert.deepEqual(seen('5 openat(AT_FDCWD</w>, "a", O_RDONLY) = -1 ENOENT (No such file or directory)\n'), []);
  });

  test('a child has the folder and the programs of its parent, seen early or late', () => {
    const clone = "5 clone(child_stack=NULL, flags=SIGCHLD) = 2 /* 6 in strace's PID NS */\n";
    const child = '6 chdir("sub") = 0\n6 execve("/usr/bin/rm", ["rm", "x"], 0x1 /* 2 vars */) = 0\n6 unlink("x") = 0\n';
    const wanted = ['execute /usr/bin/rm by rm', 'delete /w/sub/x by rm'];
    assert.deepEqual(seen(clone + child), wanted);
    assert.deepEqual(seen(child + clone), wanted);
    assert.deepEqual(seen(`${clone}${child}5 unlink("x") = 0\n`), [...wanted, 'delete /w/x by bash']);
  });

  test('moving is a removal and a write', () => {
    assert.deepEqual(seen('5 renameat2(AT_FDCWD</w>, "a", 4</w/d>, "b", 0) = 0\n'), [
      'delete /w/a by bash',
      'write /w/d/b by bash',
    ]);
  });

  test('links are gone through as the kernel does', () => {
    const links = { '/w/l': 'x/y' };
    assert.deepEqual(seen('5 mkdir("l/../z", 0777) = 0\n', links), ['folder /w/x/z by bash']);
    assert.deepEqual(seen('5 unlink("l") = 0\n', links), ['delete /w/l by bash']);
    assert.deepEqual(seen('5 chmod("l", 0600) = 0\n', links), ['touch /w/x/y by bash']);
    assert.deepEqual(seen('5 symlink("/o", "n") = 0\n5 mkdir("n/z", 0777) = 0\n'), [
      'write /w/n by bash',
      'folder /o/z by bash',
    ]);
    assert.deepEqual(seen('5 mkdir("l/z", 0777) = 0\n', { '/w/l': 'l' }), ['folder /w/l/z by bash']);
  });

  test('the network counts when it is only tried', () => {
    const to = (address: string) =>
      `5 connect(3<socket:[1]>, {${address}}, 16) = -1 ENETUNREACH (Network is unreachable)\n`;
    assert.deepEqual(seen(to('sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("192.0.2.1")')), [
      'connect 192.0.2.1:80 by bash',
    ]);
    assert.deepEqual(seen(to('sa_family=AF_UNIX, sun_path="/run/x"')), ['connect unix:/run/x by bash']);
    assert.deepEqual(seen(to('sa_family=AF_NETLINK, nl_pid=0')), []);
  });

  test('a port is listened on when that was asked for, not when one was only taken', () => {
    const bind = (port: number) =>
      `5 bind(3<socket:[9]>, {sa_family=AF_INET, sin_port=htons(${port}), sin_addr=inet_addr("127.0.0.1")}, 16) = 0\n`;
    assert.deepEqual(seen(bind(0)), []);
    assert.deepEqual(seen(`${bind(0)}5 listen(3<socket:[9]>, 128) = 0\n`), ['listen 127.0.0.1:0 by bash']);
    assert.deepEqual(seen(bind(53)), ['listen 127.0.0.1:53 by bash']);
  });

  test('taking another identity counts only when it is the administrator’s', () => {
    assert.deepEqual(seen('5 setresuid(-1, 1000, -1) = 0\n'), []);
    assert.deepEqual(seen('5 setuid(0) = 0\n'), ['power setuid by bash']);
  });

  test('programs that are not there are named', () => {
    const tried = '5 execve("/usr/bin/none", ["none"], 0x1) = -1 ENOENT (No such file or directory)\n';
    assert.deepEqual(observe(start + tried, shell, '/w').missing, ['none']);
    assert.deepEqual(observe(`${start}${tried}5 execve("/bin/none", ["none"], 0x1) = 0\n`, shell, '/w').missing, []);
  });
});
