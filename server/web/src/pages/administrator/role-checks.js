// The roles of a user, as boxes to tick.

import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { roles as all } from './users.js';

/** @param {{roles: string[], onRoles: (roles: string[]) => void}} props */
export function RoleChecks({ roles, onRoles }) {
	const turn = (/** @type {string} */ role) => onRoles(roles.includes(role) ? roles.filter((one) => one !== role) : [...roles, role]);
	return html`<fieldset class="plain">
		<legend>${t('users.roles')}</legend>
		${all.map((role) => html`<div key=${role} class="check">
			<input type="checkbox" id=${`role-${role}`} checked=${roles.includes(role)} onChange=${() => turn(role)} />
			<label for=${`role-${role}`}>${t(`role.${role}`)}<span class="sub">${t(`role_about.${role}`)}</span></label>
		</div>`)}
	</fieldset>`;
}
