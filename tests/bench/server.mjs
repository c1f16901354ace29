// server.mjs BUILD FOLDER: journal increments acknowledged a second, each on disk, and memory with many open
// attempts. The disk's own rate of fsync stands beside it.
import {closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {line, median, microseconds, percentile} from './figures.mjs';

const build = process.argv[2];
process.env.FAD_PROGRAM = join(build, 'server/fad');
process.env.FAD_BUILD = build;
process.env.FAD_SOURCE = new URL('../..', import.meta.url).pathname;
const {Player, Server, smallPackage} = await import('../server/harness.mjs');

const PEOPLE = 125;
const MODULES = 8;
const AT_ONCE = 64;
const INCREMENTS = 10;

const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** A right codice fiscale for each number. @param {number} number */
function codice(number) {
	const letters = [...'AAAAAA'].map((_, i) => String.fromCharCode(65 + Math.floor(number / 26 ** (5 - i)) % 26)).join('');
	const first = `${letters}80A01H501`;
	const sum = [...first].reduce((total, character, i) => {
		const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
		return total + (i % 2 === 0 ? ODD[value] : value);
	}, 0);
	return first + String.fromCharCode(65 + sum % 26);
}

function fsyncsEachSecond() {
	const folder = mkdtempSync(join(tmpdir(), 'fad-bench-'));
	const file = openSync(join(folder, 'file'), 'w');
	const block = Buffer.alloc(4096);
	const times = Array.from({length: 200}, () => microseconds(() => {
		writeSync(file, block);
		fsyncSync(file);
	}));
	closeSync(file);
	rmSync(folder, {recursive: true});
	return 1e6 / median(times);
}

/** People placed at one level, each with all modules open. */
async function openAttempts(server) {
	server.people({codice: codice(1), login: 'dora', ruoli: 'progettista'}, {codice: codice(2), login: 'piero', ruoli: 'provider'},
		...Array.from({length: PEOPLE}, (_, n) => ({codice: codice(n + 10), login: `p${n}`, ruoli: 'operatore'})));
	const [designer, provider, admin] = [await server.person('dora'), await server.person('piero'), await server.administrator()];
	const {version} = (await designer.post('/api/courses', smallPackage(), {'X-File-Name': 'prova.zip'})).json;
	for (let module = 1; module <= MODULES; module++) {
		await designer.put(`/api/path/modules/${module}/levels/base`, {version: version.id});
	}
	const players = [];
	for (let n = 0; n < PEOPLE; n++) {
		const {users} = (await admin.get(`/api/users?search=p${n}`)).json;
		const person = users.find(user => user.login === `p${n}`);
		await provider.post(`/api/people/${person.id}/placement/override`, {level: 'base', why: 'misura'});
		const browser = await server.person(`p${n}`);
		for (let module = 1; module <= MODULES; module++) {
			const {json} = await browser.post('/api/me/launch', {module});
			players.push(await new Player(server, json.url).open());
		}
	}
	for (const player of players) {
		player.begin();
		await player.save();
	}
	return players;
}

/** Increments as a course makes them, ready to be sent. */
function prepare(player) {
	return Array.from({length: INCREMENTS}, (_, n) => {
		player.api('setValue', 'cmi.core.lesson_location', `pagina-${n}`);
		player.api('setValue', 'cmi.suspend_data', `stato ${n} `.repeat(60));
		player.api('commit');
		return player.engine.takeJournal().bytes;
	});
}

async function acknowledge(players) {
	const prepared = players.map(prepare);
	const waits = [];
	const from = process.hrtime.bigint();
	await Promise.all(players.map(async (player, n) => {
		for (const bytes of prepared[n]) {
			const sent = process.hrtime.bigint();
			const answer = await player.post(bytes);
			if (answer.status !== 200) {
				throw new Error(answer.text);
			}
			waits.push(Number(process.hrtime.bigint() - sent) / 1e6);
		}
	}));
	return {each: waits.length / (Number(process.hrtime.bigint() - from) / 1e9), waits};
}

function residentMib(pid) {
	return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

const server = await new Server().start();
const empty = residentMib(server.process.pid);
const players = await openAttempts(server);
line(`memory with ${players.length} open attempts, MiB (empty)`, `${residentMib(server.process.pid).toFixed(0)} (${empty.toFixed(0)})`);
const {each, waits} = await acknowledge(players.slice(0, AT_ONCE));
const disk = fsyncsEachSecond();
line(`increments acknowledged a second, on disk, ${AT_ONCE} at once`, `${each.toFixed(0)}   ` +
	`${(each / disk).toFixed(1)}× the disk's ${disk.toFixed(0)} fsyncs a second`);
line('  wait for the answer, ms (median, 99 of 100)', `${median(waits).toFixed(1)}, ${percentile(waits, 0.99).toFixed(1)}`);
await server.finish();
