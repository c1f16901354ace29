/**
 * The real program in a data folder of its own, and somebody who talks to it as a browser does: cookie,
 * CSRF token, Host header. Plain node:http, so that hostile paths and headers go out as written.
 */
import {execFileSync, spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {deflateRawSync} from 'node:zlib';

const program = process.env.FAD_PROGRAM;
const build = process.env.FAD_BUILD;
export const shared = process.env.FAD_SHARED ?? '';

export class Server {
	constructor() {
		this.folder = mkdtempSync(join(tmpdir(), 'fad-server-'));
	}

	/** Starts it (again, on the same port) and waits until it answers. */
	async start(...options) {
		this.output = '';
		this.process = spawn(program, ['serve', '--data', this.folder, '--port', String(this.port ?? 0), ...options]);
		/* A test that fails half-way leaves no server behind. */
		const {process: child} = this;
		process.once('exit', () => child.kill('SIGKILL'));
		this.ended = new Promise(resolve => this.process.on('exit', (code, signal) => resolve({code, signal})));
		this.process.stderr.on('data', text => { this.output += text; });
		await new Promise((resolve, reject) => {
			this.process.stdout.on('data', text => {
				this.output += text;
				const ready = /pronto su .*, porta (\d+)\)/.exec(this.output);
				if (ready) {
					this.port = Number(ready[1]);
					resolve();
				}
			});
			this.ended.then(() => reject(new Error(`the server ended: ${this.output}`)));
		});
		this.password ??= /password monouso «([^»]+)»/.exec(this.output)?.[1];
		return this;
	}

	async kill(signal = 'SIGTERM') {
		this.process.kill(signal);
		return this.ended;
	}

	async finish() {
		const ended = await this.kill();
		rmSync(this.folder, {recursive: true});
		return ended;
	}

	/** A command of the program on this data folder. */
	run(...words) {
		const [name, ...rest] = words;
		try {
			return {status: 0, out: execFileSync(program, [name, '--data', this.folder, ...rest], {encoding: 'utf8', stdio: 'pipe'})};
		} catch (error) {
			return {status: error.status, out: error.stdout + error.stderr};
		}
	}

	/** Imports people; each row is {login, ruoli, …}. Their password is 'Prima-Password'. */
	people(...rows) {
		const path = join(this.folder, 'people.csv');
		const lines = rows.map(({codice, login, ruoli}) => `${codice};Rossi;Maria;${login};${ruoli};Prima-Password`);
		writeFileSync(path, ['codice_fiscale;cognome;nome;login;ruoli;password', ...lines].join('\n'));
		const {status, out} = this.run('users', 'import', path);
		if (status !== 0) {
			throw new Error(out);
		}
	}

	/** Somebody logged in, with the first password changed. */
	async person(login, first = 'Prima-Password') {
		const browser = new Browser(this);
		await browser.logIn(login, first);
		await browser.post('/api/session/password', {old: first, new: 'Nuova-Password-1'});
		return browser;
	}

	administrator() {
		return this.person('admin', this.password);
	}
}

/** Tax codes that are right, for as many people as a test needs. */
export const codes = ['RSSMRA80A01H501U', 'RSSMRA80A01F205X', 'MRTMTT25D09F205Z'];

/** One request. Never throws for a status. */
export function send(server, {method = 'GET', path, host, headers = {}, body}) {
	return new Promise((resolve, reject) => {
		const request = http.request({
			host: '127.0.0.1', port: server.port, method, path,
			headers: {Host: host ?? `localhost:${server.port}`, ...headers},
		}, response => {
			const parts = [];
			response.on('data', part => parts.push(part));
			response.on('end', () => {
				const bytes = Buffer.concat(parts);
				let json;
				if (/json/.test(response.headers['content-type'] ?? '')) {
					json = JSON.parse(bytes.toString());
				}
				resolve({status: response.statusCode, headers: response.headers, bytes, text: bytes.toString(), json,
					code: json?.code ?? json?.problem?.code ?? json?.problems?.[0]?.code});
			});
			response.on('error', reject);
		});
		request.on('error', reject);
		if (body !== undefined) {
			request.write(body);
		}
		request.end();
	});
}

export class Browser {
	constructor(server) {
		this.server = server;
	}

	async send(method, path, body, headers = {}) {
		const isJson = body !== undefined && !Buffer.isBuffer(body);
		const answer = await send(this.server, {
			method, path,
			body: isJson ? JSON.stringify(body) : body,
			headers: {
				...this.cookie && {Cookie: this.cookie},
				...this.csrf && method !== 'GET' && {'X-CSRF-Token': this.csrf},
				...isJson && {'Content-Type': 'application/json'},
				...headers,
			},
		});
		for (const cookie of answer.headers['set-cookie'] ?? []) {
			this.cookie = cookie.split(';')[0];
		}
		this.csrf = answer.json?.csrf ?? this.csrf;
		return answer;
	}

	get(path, headers) {
		return this.send('GET', path, undefined, headers);
	}

	post(path, body = {}, headers = {}) {
		return this.send('POST', path, body, headers);
	}

	put(path, body) {
		return this.send('PUT', path, body);
	}

	/** Puts versions into modules, as confirmed in the application: [{module, level, version}]. */
	async publish(changes, policy = 'always') {
		const {json: {policies}} = await this.post('/api/publications/preview', {changes});
		return this.post('/api/publications', {changes, policy, token: policies.find(each => each.policy === policy).token});
	}

	async logIn(login, password) {
		await this.get('/api/session');
		const answer = await this.post('/api/session', {login, password});
		if (answer.status !== 200) {
			throw new Error(`${login}: ${answer.text}`);
		}
		return answer;
	}
}

/** The player's own engine, without a browser. */
export async function openEngine(image) {
	const {Engine} = await import(join(process.env.FAD_SOURCE, 'player/web/engine.js'));
	const {instance} = await WebAssembly.instantiate(readFileSync(join(build, 'player/engine/engine.wasm')), {});
	return new Engine(instance, image);
}

/** What a player page does: launch data, course, state, lease. */
export class Player {
	constructor(server, url) {
		this.server = server;
		this.host = new URL(url).host;
		this.path = new URL(url).pathname;
		this.token = this.path.split('/')[2];
	}

	send(method, path, body, headers) {
		return send(this.server, {method, path, host: this.host, body, headers});
	}

	async open() {
		this.launch = (await this.send('GET', `${this.path}launch.json`)).json;
		this.lease = (await this.send('POST', `${this.path}lease`)).json.lease;
		this.engine = await openEngine((await this.send('GET', `${this.path}course.img`)).bytes);
		const snapshot = await this.send('GET', `${this.path}snapshot`);
		if (snapshot.status === 200) {
			this.engine.restore(snapshot.bytes);
		}
		const {learner, mode, credit, mastery_override: masteryOverride, status_rule: statusRule, seed} = this.launch;
		this.engine.beginSession(Date.now(), {...learner, mode, credit, masteryOverride, statusRule, seed});
		this.globals = await this.send('GET', `${this.path}globals`);
		if (this.globals.status === 200) {
			this.engine.adoptGlobals(Date.now(), this.globals.bytes);
		}
		return this;
	}

	api(name, first = '', second = '') {
		return this.engine.api(Date.now(), name, first, second);
	}

	/** Delivers the course's first object and begins it. */
	begin() {
		const outcome = this.engine.navigate(Date.now(), 'start');
		if (outcome.delivered === null) {
			this.engine.navigate(Date.now(), 'choice', this.engine.activities.find(each => each.kind === 'sco').index);
		}
		return this.api('initialize');
	}

	/** Sends what was made since the last time; keeps it for sending it again. */
	save() {
		this.increment = this.engine.takeJournal() ?? this.increment;
		return this.post(this.increment.bytes);
	}

	post(bytes, lease = this.lease) {
		return this.send('POST', `${this.path}journal?lease=${lease}`, Buffer.from(bytes));
	}
}

/** A SCORM 1.2 package of two pages, as a zip without compression. */
export function smallPackage({title = 'Prova', identifier = 'PROVA', extra = {}} = {}) {
	return zip({
		'imsmanifest.xml': `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="${identifier}" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>${title}</title>
<item identifier="I" identifierref="R"><title>Pagina</title></item></organization></organizations>
<resources><resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="index.html"><file href="index.html"/></resource></resources>
</manifest>`,
		'index.html': '<!doctype html><html lang="it"><title>Prova</title><p>Ciao</p></html>',
		'Media/Suono.MP3': 'un suono finto, lungo abbastanza',
		...extra,
	});
}

const crcTable = Uint32Array.from({length: 256}, (_, n) => {
	let c = n;
	for (let k = 0; k < 8; k++) {
		c = c & 1 ? 0xedb88320 ^ c >>> 1 : c >>> 1;
	}
	return c;
});

function crc32(bytes) {
	let crc = 0xffffffff;
	for (const byte of bytes) {
		crc = crcTable[(crc ^ byte) & 255] ^ crc >>> 8;
	}
	return (crc ^ 0xffffffff) >>> 0;
}

/** Names and texts, stored. */
export function zip(files) {
	const parts = [], directory = [];
	let offset = 0;
	for (const [name, text] of Object.entries(files)) {
		const path = Buffer.from(name), bytes = Buffer.from(text);
		/* Pages are packed, as every tool packs them; media are stored. */
		const packed = /\.(html|js|css|xml)$/.test(name) ? deflateRawSync(bytes) : bytes;
		const fields = Buffer.alloc(26);
		fields.writeUInt16LE(20, 0);
		fields.writeUInt16LE(0x800, 2);
		fields.writeUInt16LE(packed === bytes ? 0 : 8, 4);
		fields.writeUInt16LE(0x21, 8);
		fields.writeUInt32LE(crc32(bytes), 10);
		fields.writeUInt32LE(packed.length, 14);
		fields.writeUInt32LE(bytes.length, 18);
		fields.writeUInt16LE(path.length, 22);
		const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, path, packed]);
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE(offset, 10);
		directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, tail, path]));
		parts.push(local);
		offset += local.length;
	}
	const listing = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 'latin1');
	end.writeUInt16LE(directory.length, 8);
	end.writeUInt16LE(directory.length, 10);
	end.writeUInt32LE(listing.length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...parts, listing, end]);
}
