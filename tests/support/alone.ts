/**
 * Run in a network namespace of its own, whose one interface is loopback: the real server does its work for people
 * and mails them, and the kernel counts what anybody in here tried to reach (S-148). Prints what was counted.
 */
import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { setDefaultResultOrder } from 'node:dns';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { login } from '../e2e/support/calls.ts';
import { Device } from './engine-device.ts';
import { freePort } from './ports.ts';
import { startServer } from './server.ts';

/** What went elsewhere than to the two that listen in here, or tried to. */
export interface Tried {
  /** Packets for which there was no way: to any address but loopback's. */
  elsewhere: number;
  /** Connections that nobody took. */
  refused: number;
  /** Names that were asked for, and the like: nothing that listens here speaks UDP. */
  datagrams: number;
}

/** /proc/net/snmp has a line of names and one of numbers for each protocol; /proc/net/snmp6 a name and a number a line. */
function counted(): Tried {
  const numbers = new Map<string, number>();
  const lines = readFileSync('/proc/net/snmp', 'utf8').trim().split('\n');
  for (let at = 0; at < lines.length; at += 2) {
    const [names = [], values = []] = [lines[at], lines[at + 1]].map((line) => (line ?? '').split(' '));
    for (const [index, name] of names.entries()) numbers.set(`${names[0]}${name}`, Number(values[index]));
  }
  // A kernel without IPv6 has nothing to count there.
  const six = existsSync('/proc/net/snmp6') ? readFileSync('/proc/net/snmp6', 'utf8') : 'Ip6OutNoRoutes 0\nUdp6OutDatagrams 0';
  for (const line of six.trim().split('\n')) {
    const [name = '', value] = line.split(/\s+/);
    numbers.set(name, Number(value));
  }
  const sum = (...names: string[]): number =>
    names.reduce((total, name) => {
      const value = numbers.get(name);
      if (value === undefined || Number.isNaN(value)) throw new Error(`the kernel does not count ${name}`);
      return total + value;
    }, 0);
  return {
    elsewhere: sum('Ip:OutNoRoutes', 'Ip6OutNoRoutes'),
    refused: sum('Tcp:AttemptFails'),
    datagrams: sum('Udp:OutDatagrams', 'Udp6OutDatagrams'),
  };
}

/** One try of each kind, so that a count of none means something. */
async function tryAll(): Promise<void> {
  const attempt = (host: string, port: number): Promise<void> =>
    new Promise((done) => {
      const socket = connect({ host, port });
      socket.once('error', () => done());
    });
  await attempt('192.0.2.1', 443);
  await attempt('2001:db8::1', 443);
  await attempt('127.0.0.1', await freePort());
  const udp = createSocket('udp4');
  await new Promise<void>((done) => udp.send('?', 53, '127.0.0.1', () => done()));
  udp.close();
}

execFileSync('ip', ['link', 'set', 'lo', 'up']);
// Of `localhost` the address that the server listens at.
setDefaultResultOrder('ipv4first');
const server = await startServer();
// Whoever waited for it to listen was refused until it did; the others count from the first moment.
const { refused } = counted();
try {
  const email = 'alice@example.org';
  const first = await new Device(server, email).signUp();
  first.save(login('apple'));
  await first.sync();
  const second = await new Device(server, email).signIn();
  await second.sync();
  await first.mailed('hint');
  await server.mail(email, 0, ({ text }) => text.includes('none of use'));
  await first.mailed('reset');
  const fresh = await new Device(server, email).reset(await server.resetLink(email));
  fresh.save(login('banana'));
  await fresh.sync();
  const found = counted();
  await tryAll();
  const control = counted();
  const answer = { names: [second.names, fresh.names], mails: server.mails.length, found: { ...found, refused: found.refused - refused } };
  console.log(JSON.stringify({ ...answer, control: { ...control, refused: control.refused - refused } }));
} finally {
  await server.stop();
}
