/** A hostile server, and two browsers of one account in front of it, with five items in step. */
import { login } from '../e2e/support/calls.ts';
import { Device } from './engine-device.ts';
import { Mutator } from './mutator.ts';
import { type ServerOptions, startServer, type TestServer } from './server.ts';

export const FRUIT = ['apple', 'banana', 'cherry', 'damson', 'elder'];

export class World {
  private accounts = 0;

  private constructor(
    readonly mutator: Mutator,
    readonly server: TestServer,
  ) {}

  static async start(options: ServerOptions = {}): Promise<World> {
    const mutator = await Mutator.start();
    return new World(mutator, await startServer({ ...options, behind: mutator }));
  }

  /** A browser with a new account, and items that the account has. */
  async first(names: string[] = FRUIT): Promise<Device> {
    this.accounts += 1;
    const device = await new Device(this.server, `person${this.accounts}@example.org`).signUp();
    for (const name of names) device.save(login(name));
    await device.sync();
    return device;
  }

  /** Another browser of the same account. */
  another(device: Device): Promise<Device> {
    return new Device(this.server, device.email).signIn();
  }

  async pair(names: string[] = FRUIT): Promise<[Device, Device]> {
    const first = await this.first(names);
    return [first, await this.another(first)];
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await this.mutator.stop();
  }
}
