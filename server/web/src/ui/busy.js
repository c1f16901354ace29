// Doing something on a click: busy meanwhile, the error kept to be shown.

import { useState } from 'preact/hooks';

/**
 * @template {any[]} A
 * @param {(...args: A) => Promise<void>} action
 * @returns {{run: (...args: A) => Promise<boolean>, busy: boolean, error: unknown, clear: () => void}} run tells whether it went well
 */
export function useAction(action) {
	const [state, setState] = useState({ busy: false, error: /** @type {unknown} */ (null) });
	return {
		...state,
		clear: () => setState({ busy: false, error: null }),
		async run(...args) {
			setState({ busy: true, error: null });
			try {
				await action(...args);
				setState({ busy: false, error: null });
				return true;
			} catch (error) {
				setState({ busy: false, error });
				return false;
			}
		},
	};
}
