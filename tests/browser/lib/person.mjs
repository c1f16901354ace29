// A person who uses the JSON API directly: to prepare what a test needs, and to check what came of it.
import http from 'node:http';

/**
 * One request to the application. By address, because "localhost" may mean IPv6 first.
 * @param {{port: number}} server @param {string} method @param {string} path
 * @param {{headers?: Record<string, string>, body?: string|Buffer, host?: string}} [options]
 * @returns {Promise<{status: number, headers: http.IncomingHttpHeaders, text: string, bytes: Buffer, json: any}>}
 */
export function ask(server, method, path, {headers = {}, body, host = 'localhost'} = {}) {
	return new Promise((resolve, reject) => {
		const request = http.request({host: '127.0.0.1', port: server.port, method, path, agent: false,
			headers: {Host: `${host}:${server.port}`, ...(body === undefined ? {} : {'Content-Length': Buffer.byteLength(body)}), ...headers}});
		request.on('error', reject);
		request.on('response', async response => {
			const chunks = [];
			for await (const chunk of response) {
				chunks.push(chunk);
			}
			const bytes = Buffer.concat(chunks);
			const text = bytes.toString();
			let json = null;
			try {
				json = JSON.parse(text);
			} catch {
				// not JSON
			}
			resolve({status: response.statusCode, headers: response.headers, text, bytes, json});
		});
		request.end(body);
	});
}

export class Person {
	/** @param {{port: number}} server @param {string} login @param {string} password */
	static async logIn(server, login, password) {
		const person = new Person();
		person.server = server;
		person.keep(await ask(server, 'GET', '/api/session'));
		const answer = person.keep(await person.send('POST', '/api/session', {login, password}));
		if (answer.status >= 300) {
			throw new Error(`log-in of ${login}: ${answer.status} ${answer.text}`);
		}
		person.csrf = (await person.send('GET', '/api/session')).json.csrf;
		return person;
	}

	cookie = '';
	csrf = '';

	keep(answer) {
		for (const cookie of answer.headers['set-cookie'] ?? []) {
			this.cookie = cookie.split(';')[0];
		}
		this.csrf = answer.json?.csrf ?? this.csrf;
		return answer;
	}

	/** @param {string} method @param {string} path @param {any} [json] @param {{raw?: Buffer, headers?: Record<string, string>}} [options] */
	async send(method, path, json, {raw, headers = {}} = {}) {
		const body = raw ?? (json === undefined ? undefined : JSON.stringify(json));
		return ask(this.server, method, path, {body, headers: {
			...(this.cookie ? {Cookie: this.cookie} : {}), 'X-CSRF-Token': this.csrf,
			...(json === undefined ? {} : {'Content-Type': 'application/json'}), ...headers}});
	}

	/** As send(), and a failure is a failure of the test. */
	async must(method, path, json, options) {
		const answer = await this.send(method, path, json, options);
		if (answer.status >= 300) {
			throw new Error(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 2000)}`);
		}
		return answer.json;
	}

	/** Imports a package, whose version it returns. @param {string} name @param {Buffer} zip */
	async importPackage(name, zip) {
		return this.must('POST', '/api/courses', undefined, {raw: zip, headers: {
			'Content-Type': 'application/octet-stream', 'X-File-Name': encodeURIComponent(name)}});
	}
}
