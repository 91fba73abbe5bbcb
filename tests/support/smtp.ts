/** A mail server on loopback that takes every mail and delivers none: what the account's server sends, read back. */
import { createServer, type Server, type Socket } from 'node:net';
import { type Mail, readMail } from './mime.ts';
import { listen } from './ports.ts';

/** Takes one connection's commands (RFC 5321); pipelining and 8-bit texts are allowed, TLS is not offered. */
function converse(socket: Socket, take: (mail: Mail) => void): void {
  let buffer = Buffer.alloc(0);
  let from = '';
  let to: string[] = [];
  let inData = false;
  const say = (line: string): void => {
    if (socket.writable) socket.write(`${line}\r\n`);
  };
  const command = (line: string): void => {
    const verb = line.slice(0, 4).toUpperCase();
    const path = /<([^>]*)>/.exec(line)?.[1] ?? '';
    if (verb === 'EHLO') {
      say('250-sink.localhost');
      say('250-8BITMIME');
      say('250-SMTPUTF8');
      say('250 PIPELINING');
    } else if (verb === 'HELO' || verb === 'NOOP') say('250 sink.localhost');
    else if (verb === 'MAIL') {
      from = path;
      to = [];
      say('250 ok');
    } else if (verb === 'RCPT') {
      to.push(path);
      say('250 ok');
    } else if (verb === 'RSET') {
      to = [];
      say('250 ok');
    } else if (verb === 'DATA') {
      inData = true;
      say('354 go on');
    } else if (verb === 'QUIT') {
      say('221 bye');
      socket.end();
    } else say('502 not known here');
  };
  const data = (): boolean => {
    // A message that has nothing before its dot is empty; a server never sends one.
    const end = buffer.indexOf('\r\n.\r\n');
    if (end < 0) return false;
    const raw = buffer
      .subarray(0, end + 2)
      .toString('utf8')
      .replace(/^\.\./gm, '.');
    buffer = buffer.subarray(end + 5);
    inData = false;
    take(readMail(from, to, raw));
    say('250 taken');
    return true;
  };
  const next = (): boolean => {
    if (inData) return data();
    const end = buffer.indexOf('\r\n');
    if (end < 0) return false;
    const line = buffer.subarray(0, end).toString('utf8');
    buffer = buffer.subarray(end + 2);
    command(line);
    return true;
  };
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    while (next()) {
      // One command after the other.
    }
  });
  say('220 sink.localhost ESMTP');
}

export class MailSink {
  readonly mails: Mail[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(): Promise<MailSink> {
    const server = createServer();
    const port = await listen(server);
    const sink = new MailSink(server, port);
    server.on('connection', (socket) =>
      converse(socket, (mail) => {
        sink.mails.push(mail);
        for (const wake of sink.waiting) wake();
      }),
    );
    return sink;
  }

  /** The mail with this number among those to this address that `wanted` takes, waiting for it to come. */
  async mail(to: string, nth = 0, wanted: (mail: Mail) => boolean = () => true): Promise<Mail> {
    const find = (): Mail | undefined => this.mails.filter((mail) => mail.to.includes(to) && wanted(mail))[nth];
    const found = find();
    if (found) return found;
    return new Promise<Mail>((done, failed) => {
      const look = (): void => {
        const mail = find();
        if (!mail) return;
        finish();
        done(mail);
      };
      const finish = (): void => {
        clearTimeout(timer);
        this.waiting.delete(look);
      };
      const timer = setTimeout(() => {
        finish();
        const got = this.mails.map((mail) => `${mail.to.join(', ')}: ${mail.subject}`).join('\n  ');
        failed(new Error(`no such mail came for ${to}; these did:\n  ${got}`));
      }, 30_000);
      this.waiting.add(look);
    });
  }

  async stop(): Promise<void> {
    await new Promise<void>((done) => this.server.close(() => done()));
  }
}
