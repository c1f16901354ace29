// Files of courses over HTTP: packed and plain, conditional, in part, under other letter case, and for nobody whose rights
// have ended.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {gunzipSync} from 'node:zlib';
import {Player, Server, codes, smallPackage} from './harness.mjs';

const server = new Server();
const page = Buffer.from(`<!DOCTYPE html><html lang="it"><title>Pagina</title><p>${'Il consenso informato. '.repeat(400)}</p></html>`);
const video = Buffer.from(Array.from({length: 300000}, (_, n) => n * 7919 >> 5 & 255));
const large = {'un-mega.bin': Buffer.alloc(2 ** 20, 'mega'), 'di-piu.bin': Buffer.alloc(2 ** 20 + 1, 'di più')};
const extra = {'Pagine/Però.html': page, 'film.mp4': video, 'tipo.wasm': Buffer.from('\0asm'), 'tipo.vtt': 'WEBVTT', ...large};
let designer, player;
const get = (path, headers = {}, method = 'GET') => player.send(method, `/content/${player.token}/${path}`, undefined, headers);

before(async () => {
	await server.start();
	server.people({codice: codes[0], login: 'dora', ruoli: 'progettista'});
	designer = await server.person('dora');
	const {course} = (await designer.post('/api/courses', smallPackage({extra}), {'X-File-Name': 'corso.zip'})).json;
	player = new Player(server, (await designer.post(`/api/courses/${course.id ?? course}/preview`)).json.url);
});
after(() => server.finish());

test('what the zip packed is sent packed, to whom takes it, byte for byte the same', async () => {
	const plain = await get('Pagine/Per%C3%B2.html');
	const packed = await get('Pagine/Per%C3%B2.html', {'Accept-Encoding': 'br, gzip'});
	assert.deepEqual([plain.status, plain.headers['content-encoding'], packed.headers['content-encoding']], [200, undefined, 'gzip']);
	assert.ok(plain.bytes.equals(page) && gunzipSync(packed.bytes).equals(page));
	assert.ok(packed.bytes.length < page.length / 5);
	assert.notEqual(plain.headers.etag, packed.headers.etag);
	assert.deepEqual([plain.headers.vary, packed.headers.vary], ['Accept-Encoding', 'Accept-Encoding']);
	assert.match(packed.headers['content-type'], /^text\/html/);
	assert.ok(packed.headers['content-security-policy'] && packed.headers['x-content-type-options'] === 'nosniff');
	assert.equal((await get('Pagine/Per%C3%B2.html', {'Accept-Encoding': 'gzip;q=0'})).headers['content-encoding'], undefined);
});

test('a known form is not sent again, each form by its own mark', async () => {
	for (const accepts of ['identity', 'gzip']) {
		const first = await get('Pagine/Per%C3%B2.html', {'Accept-Encoding': accepts});
		const again = await get('Pagine/Per%C3%B2.html', {'Accept-Encoding': accepts, 'If-None-Match': first.headers.etag});
		assert.deepEqual([again.status, again.bytes.length, again.headers.etag], [304, 0, first.headers.etag]);
	}
	const {headers: {etag}} = await get('Pagine/Per%C3%B2.html');
	assert.equal((await get('Pagine/Per%C3%B2.html', {'Accept-Encoding': 'gzip', 'If-None-Match': etag})).status, 200);
});

test('parts are of the file as it is', async () => {
	const {headers: {etag}} = await get('film.mp4');
	const part = await get('film.mp4', {'Range': 'bytes=100-199', 'Accept-Encoding': 'gzip', 'If-Range': etag});
	assert.deepEqual([part.status, part.headers['content-range'], part.headers['content-encoding']], [206, `bytes 100-199/${video.length}`, undefined]);
	assert.ok(part.bytes.equals(video.subarray(100, 200)));
	/* Parts and files on both sides of what is sent from memory, byte for byte. */
	for (const [first, last] of [[1, 131072], [1, 131073], [17, video.length - 1]]) {
		const {bytes, headers} = await get('film.mp4', {Range: `bytes=${first}-${last}`});
		assert.ok(bytes.equals(video.subarray(first, last + 1)), `${first}-${last}`);
		assert.equal(headers['content-length'], String(last + 1 - first));
	}
	for (const [name, bytes] of Object.entries(large)) {
		assert.ok((await get(name)).bytes.equals(bytes), name);
		assert.equal((await get(name, {}, 'HEAD')).headers['content-length'], String(bytes.length));
	}
	assert.equal((await get('film.mp4', {'Range': 'bytes=100-199', 'If-Range': '"another"'})).status, 200);
	const outside = await get('film.mp4', {Range: `bytes=${video.length}-`});
	assert.deepEqual([outside.status, outside.headers['content-range']], [416, `bytes */${video.length}`]);
	const head = await get('film.mp4', {}, 'HEAD');
	assert.deepEqual([head.status, head.headers['content-length'], head.bytes.length], [200, String(video.length), 0]);
});

test('types are right, letter case is forgiven, nothing outside the course is a file', async () => {
	assert.equal((await get('tipo.wasm')).headers['content-type'], 'application/wasm');
	assert.match((await get('tipo.vtt')).headers['content-type'], /^text\/vtt/);
	assert.equal((await get('PAGINE/PER%C3%92.HTML')).status, 200);
	for (const path of ['no.html', '../course.json', '..%2fcourse.json', 'Pagine', 'Pagine/', '%2e%2e/files.json', 'gzip.pack', '/etc/passwd']) {
		assert.ok([400, 404].includes((await get(path)).status), path);
	}
	assert.equal((await get('film.mp4', {'Service-Worker': 'script'})).status, 403);
});

test('who loses the right loses the files with the next request', async () => {
	assert.equal((await get('film.mp4')).status, 200);
	await designer.send('DELETE', '/api/session');
	assert.equal((await get('film.mp4')).status, 401);
});
