// Starts the real program on a data folder of its own, kills it, starts it again.
import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {cpSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import net from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {ask} from './person.mjs';

const build = process.env.FAD_BUILD ?? new URL('../../../build', import.meta.url).pathname;
export const program = join(build, 'server/fad');
/** Screenshots and the like; under the build folder. */
export const results = join(build, 'tests/browser/results');
mkdirSync(results, {recursive: true});

async function freePort() {
	const server = net.createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address();
	server.close();
	return port;
}

/** Runs a command of the program; rejects when it fails. @param {string[]} args */
export async function run(args) {
	return promisify(execFile)(program, args, {maxBuffer: 16 << 20});
}

/** The demonstration's data folder, seeded once for each file of tests. */
async function demonstration() {
	const data = mkdtempSync(join(tmpdir(), 'fad-browser-'));
	await run(['demo', '--data', data]);
	return data;
}

export class Server {
	/** @param {{data?: string}} [options] data: a folder to copy; otherwise the demonstration */
	static async start(options = {}) {
		const server = new Server();
		if (options.data) {
			server.data = mkdtempSync(join(tmpdir(), 'fad-browser-'));
			cpSync(options.data, server.data, {recursive: true});
		} else {
			server.data = await demonstration();
		}
		server.port = await freePort();
		server.app = `http://localhost:${server.port}`;
		server.content = `http://127.0.0.1:${server.port}`;
		await server.restart();
		return server;
	}

	/** Starts the program, and returns when it answers. */
	async restart() {
		this.output = '';
		this.process = spawn(program, ['serve', '--data', this.data, '--port', String(this.port)], {stdio: ['ignore', 'pipe', 'pipe']});
		for (const stream of [this.process.stdout, this.process.stderr]) {
			stream.on('data', text => {
				this.output += text;
			});
		}
		this.ended = once(this.process, 'exit');
		for (let tries = 0; tries < 300; tries++) {
			const answer = await ask(this, 'GET', '/api/session').catch(() => null);
			if (answer?.status === 200) {
				return;
			}
			if (this.process.exitCode !== null) {
				throw new Error(`the server ended: ${this.output}`);
			}
			await new Promise(resolve => setTimeout(resolve, 100));
		}
		throw new Error(`the server does not answer: ${this.output}`);
	}

	/** As a power cut would. */
	async kill() {
		this.process.kill('SIGKILL');
		await this.ended;
	}

	async stop() {
		this.process.kill('SIGTERM');
		const timer = setTimeout(() => this.process.kill('SIGKILL'), 5000);
		await this.ended;
		clearTimeout(timer);
		rmSync(this.data, {recursive: true, force: true});
	}
}
