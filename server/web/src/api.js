// The door to the server: JSON in and out, the CSRF token, errors as one kind of thing, and log-in expiry mended
// in place (the call waits for the person to log in again, then goes on as if nothing had happened).

/**
 * A fault in the server's words.
 * @typedef {object} Problem
 * @property {string} code
 * @property {'error' | 'warning' | 'hint'} [severity]
 * @property {string} [where]
 * @property {number} [line]
 * @property {number} [column]
 * @property {string} it
 * @property {string} en
 * @property {string} [mend_it]
 * @property {string} [mend_en]
 * @property {string} [person_id]
 */

const unreachable = {
	code: 'NETWORK',
	it: 'Il servizio non risponde.',
	en: 'The service does not answer.',
	mend_it: 'Controlla il collegamento alla rete e riprova.',
	mend_en: 'Check your network connection and try again.',
};

const unexpected = {
	code: 'UNEXPECTED',
	it: 'Il servizio ha risposto in modo inatteso.',
	en: 'The service gave an unexpected answer.',
	mend_it: 'Riprova tra poco. Se succede ancora, scrivi all’assistenza.',
	mend_en: 'Try again shortly. If it happens again, write to support.',
};

/** What went wrong with a call: the HTTP status (0 when there was no answer) and at least one problem. */
export class ApiError extends Error {
	/** @param {number} status @param {Problem[]} problems @param {any} [body] the whole answer */
	constructor(status, problems, body) {
		super(problems[0].it);
		this.status = status;
		this.problems = problems;
		this.body = body;
	}

	get code() {
		return this.problems[0].code;
	}
}

/** The error that an answer means. @param {number} status @param {any} body parsed JSON or null */
export function errorOf(status, body) {
	if (status === 0) {
		return new ApiError(0, [unreachable]);
	}
	/** @type {Problem[]} */
	const problems = Array.isArray(body?.problems) ? body.problems : body?.problem ? [body.problem] : [];
	if (problems.length > 0) {
		return new ApiError(status, problems, body);
	}
	return new ApiError(status, [{ ...unexpected, where: `HTTP ${status}` }], body);
}

/** Anything thrown, as something that can be shown. @param {unknown} thrown */
export function asApiError(thrown) {
	return thrown instanceof ApiError ? thrown : new ApiError(0, [{ ...unexpected, where: String(thrown) }]);
}

/** Whether an answer says that the session is over (and not that a password was wrong). @param {ApiError} error */
export function meansExpired(error) {
	return error.status === 401 && error.code !== 'BAD_CREDENTIALS';
}

/** What the calls need from the session; session.js fills it in. */
export const link = {
	csrf: '',
	/** Asks for the session anew, with its token. @type {() => Promise<void>} */
	refresh: async () => {},
	/** Lets the person log in again. True when that went well. @type {() => Promise<boolean>} */
	mend: async () => false,
};

/**
 * @typedef {object} Sending
 * @property {any} [json] body, as JSON
 * @property {Blob} [raw] body, as it is
 * @property {Record<string, string>} [headers]
 * @property {(share: number) => void} [progress] called with 0..1 while a body is on its way
 * @property {AbortSignal} [signal]
 */

/** One exchange, by XMLHttpRequest: fetch cannot tell how much of a body has gone. @param {string} method @param {string} path @param {Sending} sending @returns {Promise<{status: number, body: any}>} */
function exchange(method, path, sending) {
	return new Promise((resolve) => {
		const request = new XMLHttpRequest();
		request.open(method, `/api${path}`);
		request.setRequestHeader('Accept', 'application/json');
		if (method !== 'GET') {
			request.setRequestHeader('X-CSRF-Token', link.csrf);
		}
		if (sending.json !== undefined) {
			request.setRequestHeader('Content-Type', 'application/json');
		}
		for (const [name, value] of Object.entries(sending.headers ?? {})) {
			request.setRequestHeader(name, value);
		}
		const { progress } = sending;
		if (progress) {
			request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
		}
		request.onloadend = () => {
			let body = null;
			try {
				body = request.responseText ? JSON.parse(request.responseText) : null;
			} catch {
				// Not JSON: errorOf says so when the status is not a success.
			}
			resolve({ status: request.status, body });
		};
		sending.signal?.addEventListener('abort', () => request.abort());
		request.send(sending.json !== undefined ? JSON.stringify(sending.json) : sending.raw ?? null);
	});
}

/** A call with its mends: a stale token is renewed once, an expired session is mended once. @param {string} method @param {string} path @param {Sending} [sending] @returns {Promise<any>} */
export async function call(method, path, sending = {}) {
	let { status, body } = await exchange(method, path, sending);
	if (status === 403 && body?.problem?.code?.includes('CSRF')) {
		await link.refresh();
		({ status, body } = await exchange(method, path, sending));
	}
	if (status >= 400 && meansExpired(errorOf(status, body)) && !path.startsWith('/session') && await link.mend()) {
		({ status, body } = await exchange(method, path, sending));
	}
	if (status < 200 || status >= 300) {
		throw errorOf(status, body);
	}
	return body;
}

/** The query string of the values that are set. @param {Record<string, string | number | null | undefined>} values */
export function query(values) {
	const set = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== '');
	const text = new URLSearchParams(set.map(([name, value]) => [name, String(value)])).toString();
	return text ? `?${text}` : '';
}

export const api = {
	/** @param {string} path */
	get: (path) => call('GET', path),
	/** @param {string} path @param {any} [json] */
	post: (path, json) => call('POST', path, json === undefined ? {} : { json }),
	/** @param {string} path @param {any} json */
	put: (path, json) => call('PUT', path, { json }),
	/** @param {string} path */
	delete: (path) => call('DELETE', path),
	/** Sends a file as the body. @param {string} path @param {File} file @param {Sending} [sending] */
	send: (path, file, sending) => call('POST', path, {
		...sending,
		raw: file,
		headers: { 'X-File-Name': encodeURIComponent(file.name), 'Content-Type': 'application/octet-stream', ...sending?.headers },
	}),
};
