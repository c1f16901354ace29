/** A small SMTP relay on loopback: keeps what it takes, and can be told to refuse, put off, hang up or be slow. */
import net from 'node:net';

export class Relay {
	constructor() {
		/** {from, to, text, headers, body, at} as taken. */
		this.taken = [];
		/** How often each address was named, refused or not. */
		this.named = [];
		/** Says what to do: answer(stage, address, count) → an SMTP line, 'drop', or nothing for yes. */
		this.answer = () => undefined;
		this.delay = 0;
		this.sockets = new Set();
	}

	async start() {
		this.server = net.createServer(socket => this.talk(socket));
		await new Promise(resolve => { this.server.listen(this.port ?? 0, '127.0.0.1', resolve); });
		this.port = this.server.address().port;
		return this;
	}

	stop() {
		this.sockets.forEach(socket => socket.destroy());
		return new Promise(resolve => { this.server.close(resolve); });
	}

	talk(socket) {
		let from, to, input = '', inData = false;
		this.sockets.add(socket);
		socket.on('close', () => this.sockets.delete(socket)).on('error', () => {});
		socket.write('220 prova ESMTP\r\n');
		const say = (stage, yes) => {
			const line = this.answer(stage, to, this.named.filter(each => each === to).length) ?? yes;
			return line === 'drop' ? socket.destroy() : socket.write(`${line}\r\n`);
		};
		const word = line => {
			const verb = line.slice(0, 4).toUpperCase();
			if (verb === 'EHLO') {
				socket.write('250-prova\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n');
			} else if (verb === 'AUTH') {
				this.auth = line;
				say('auth', '235 ok');
			} else if (verb === 'MAIL') {
				from = /<(.*?)>/.exec(line)[1];
				say('mail', '250 ok');
			} else if (verb === 'RCPT') {
				to = /<(.*?)>/.exec(line)[1];
				this.named.push(to);
				say('rcpt', '250 ok');
			} else if (verb === 'DATA') {
				inData = true;
				socket.write('354 go\r\n');
			} else if (verb === 'QUIT') {
				socket.end('221 bye\r\n');
			} else {
				socket.write('250 ok\r\n');
			}
		};
		const complete = text => {
			this.taken.push({from, to, text, at: Date.now(), ...parse(text)});
			setTimeout(() => say('data', '250 taken'), this.delay);
		};
		socket.on('data', bytes => {
			input += bytes.toString('latin1');
			for (;;) {
				const end = input.indexOf(inData ? '\r\n.\r\n' : '\r\n');
				if (end < 0) {
					return;
				}
				const part = input.slice(0, end);
				input = input.slice(end + (inData ? 5 : 2));
				if (inData) {
					inData = false;
					complete(part);
				} else {
					word(part);
				}
			}
		});
	}
}

const words = text => text.replace(/=\?UTF-8\?B\?([^?]*)\?=(\s+(?==\?))?/g, (_, base64) => Buffer.from(base64, 'base64').toString());

/** Headers by lower-case name, decoded; the body from quoted-printable. */
function parse(text) {
	const cut = text.indexOf('\r\n\r\n');
	const lines = text.slice(0, cut).replace(/\r\n[ \t]+/g, ' ').split('\r\n');
	const headers = Object.fromEntries(lines.map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), words(line.slice(line.indexOf(':') + 2))]));
	const bytes = text.slice(cut + 4).replace(/^\.\./gm, '.').replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
	return {headers, names: lines.map(line => line.slice(0, line.indexOf(':'))), body: Buffer.from(bytes, 'latin1').toString()};
}
