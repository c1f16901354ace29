// Talks to the SCORM 1.2 run-time: finds the API, keeps the session's time, leaves in good order.
'use strict';

(function () {
	const FARTHEST = 7; // windows up the chain, as ADL's own example searches

	function searchUp(from) {
		let at = from;
		for (let step = 0; at && step <= FARTHEST; step++) {
			try {
				if (at.API) {
					return at.API;
				}
			} catch (error) {
				return null; // a window of another origin: not ours to ask
			}
			if (at === at.parent) {
				return null;
			}
			at = at.parent;
		}
		return null;
	}

	const started = Date.now();
	const api = searchUp(window) || (window.opener && searchUp(window.opener)) || null;
	const active = Boolean(api) && String(api.LMSInitialize('')) === 'true';
	let finished = false;

	/** Milliseconds as HHHH:MM:SS.SS. */
	function timespan(milliseconds) {
		const hundredths = Math.floor(milliseconds / 10);
		const pad = (number, width) => String(number).padStart(width, '0');
		return pad(Math.floor(hundredths / 360000), 4) + ':' + pad(Math.floor(hundredths / 6000) % 60, 2) + ':' +
			pad(Math.floor(hundredths / 100) % 60, 2) + '.' + pad(hundredths % 100, 2);
	}

	function get(element) {
		return active && !finished ? String(api.LMSGetValue(element)) : '';
	}

	function set(element, value) {
		return active && !finished && String(api.LMSSetValue(element, String(value))) === 'true';
	}

	/** Records the time of this session so far, and asks for everything to be kept. */
	function commit() {
		set('cmi.core.session_time', timespan(Date.now() - started));
		return active && !finished && String(api.LMSCommit('')) === 'true';
	}

	function finish() {
		if (!active || finished) {
			return;
		}
		set('cmi.core.exit', 'suspend'); // so that the next launch finds the place again
		commit();
		api.LMSFinish('');
		finished = true;
	}

	window.addEventListener('pagehide', finish);
	window.addEventListener('unload', finish);
	window.scorm = { active, get, set, commit, finish, timespan };
})();
