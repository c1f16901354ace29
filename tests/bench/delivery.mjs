// delivery.mjs BUILD: files of a course to a browser, against nginx on the same files in the same run: requests a second
// and the slowest of a hundred, for files of 64 kB and for Range reads of a video. Both with two workers, sendfile,
// connections kept open.
import {execFileSync, spawn} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {randomFillSync} from 'node:crypto';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {line, median} from './figures.mjs';

const build = process.argv[2];
process.env.FAD_PROGRAM = join(build, 'server/fad');
process.env.FAD_BUILD = build;
process.env.FAD_SOURCE = new URL('../..', import.meta.url).pathname;
const {Player, Server, codes, smallPackage} = await import('../server/harness.mjs');

const ROUNDS = 5;
const SECONDS = 2;
const CONNECTIONS = 32;
const FILES = 64;
const folder = mkdtempSync(join(tmpdir(), 'fad-bench-'));

/** wrk asks for one file after another, or for a piece of the video somewhere. */
const SCRIPT = `local n = 0
request = function()
	n = (n + 7) % ${FILES}
	return wrk.format("GET", wrk.path .. "f" .. n .. ".bin")
end
`;
const RANGES = `local n = 0
request = function()
	n = (n + 7) % 150
	return wrk.format("GET", wrk.path .. "video.mp4", {["Range"] = "bytes=" .. (n * 131072) .. "-" .. (n * 131072 + 262143)})
end
`;

function load(script, url) {
	const path = join(folder, 'script.lua');
	writeFileSync(path, script);
	const out = execFileSync('wrk', ['-t2', `-c${CONNECTIONS}`, `-d${SECONDS}s`, '--latency', '-s', path, url], {encoding: 'utf8'});
	const wrong = /Non-2xx or 3xx responses: (\d+)/.exec(out);
	if (wrong) {
		throw new Error(out);
	}
	const [, value, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(out);
	return {rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(out)[1]), p99: Number(value) * {us: 0.001, ms: 1, s: 1000}[unit]};
}

/** A course of files that a browser asks for one by one, in the server and in a folder. */
const extra = Object.fromEntries(Array.from({length: FILES}, (_, n) => [`f${n}.bin`, randomFillSync(Buffer.alloc(64 * 1024))]));
extra['video.mp4'] = randomFillSync(Buffer.alloc(20 * 2 ** 20));

async function freePort() {
	const server = createServer();
	await new Promise(done => server.listen(0, '127.0.0.1', done));
	const {port} = server.address();
	await new Promise(done => server.close(done));
	return port;
}

async function startNginx() {
	const root = join(folder, 'nginx');
	const port = await freePort();
	mkdirSync(join(root, 'logs'), {recursive: true});
	mkdirSync(join(root, 'files'));
	for (const [name, bytes] of Object.entries(extra)) {
		writeFileSync(join(root, 'files', name), bytes);
	}
	writeFileSync(join(root, 'nginx.conf'), `user root; worker_processes 2; daemon off; pid ${root}/pid; error_log ${root}/logs/error.log;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; client_body_temp_path ${root}/b; proxy_temp_path ${root}/p;
fastcgi_temp_path ${root}/f; uwsgi_temp_path ${root}/u; scgi_temp_path ${root}/s;
server { listen 127.0.0.1:${port}; root ${root}/files; add_header X-Content-Type-Options nosniff; add_header Cache-Control "private, max-age=31536000, immutable"; } }`);
	const child = spawn('nginx', ['-p', root, '-c', join(root, 'nginx.conf')], {stdio: 'ignore'});
	await new Promise(done => setTimeout(done, 500));
	return {url: `http://127.0.0.1:${port}/`, stop: () => child.kill('SIGTERM')};
}

/** Somebody's launch into the course: its files have an address of their own. */
async function startFad() {
	const server = new Server();
	await server.start();
	server.people({codice: codes[0], login: 'dora', ruoli: 'progettista'});
	const designer = await server.person('dora');
	const {course} = (await designer.post('/api/courses', smallPackage({extra}), {'X-File-Name': 'prova.zip'})).json;
	const {url} = (await designer.post(`/api/courses/${course.id ?? course}/preview`)).json;
	const player = new Player(server, url);
	return {url: `http://127.0.0.1:${server.port}/content/${player.token}/`, stop: () => server.finish()};
}

const nginx = await startNginx();
const fad = await startFad();
for (const [what, script] of [['files of 64 kB', SCRIPT], ['256 kB of a video, by Range', RANGES]]) {
	const ours = [], theirs = [];
	for (let round = 0; round < ROUNDS; round++) {
		ours.push(load(script, fad.url));
		theirs.push(load(script, nginx.url));
	}
	const of = (list, name) => median(list.map(each => each[name]));
	line(`${what}, requests/s (fad / nginx)`, `${of(ours, 'rate').toFixed(0)} / ${of(theirs, 'rate').toFixed(0)}   ` +
		`${(of(ours, 'rate') / of(theirs, 'rate')).toFixed(2)}×; p99 ${of(ours, 'p99').toFixed(1)} / ${of(theirs, 'p99').toFixed(1)} ms`);
}
nginx.stop();
await fad.stop();
rmSync(folder, {recursive: true});
