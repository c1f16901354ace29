// Who teaches a class: they see it and keep its register, with their own log-in.

import { api } from '../../api.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { ErrorBox } from '../../ui/problems.js';
import { FindPeople } from './find-people.js';

/** @param {{data: any, reload: () => Promise<void>}} props */
export function GroupStaff({ data, reload }) {
	const { group, staff } = data;
	const manage = data.may_manage && !group.closed;
	const remove = useAction(async (/** @type {number} */ person) => {
		await api.delete(`/class-groups/${group.id}/staff/${person}`);
		await reload();
	});
	const add = (/** @type {string} */ role) => async (/** @type {any} */ person) => {
		await api.put(`/class-groups/${group.id}/staff/${person.id}`, { role });
		await reload();
	};
	return html`<section class="mt-5" aria-labelledby="staff"><h2 class="h4" id="staff">${t('classes.staff')}</h2>
		${staff.length === 0 && html`<p class="muted">${t('classes.no_staff')}</p>`}
		<ul class="list-unstyled">${staff.map((/** @type {any} */ one) => html`<li key=${one.person} class="found-person"><span>${one.given_name} ${one.family_name} <span class="tag">${t(`classes.role_${one.role}`)}</span></span>
			${manage && html`<button type="button" class="btn btn-sm btn-outline-primary" aria-label=${`${t('classes.remove')}: ${one.given_name} ${one.family_name}`} disabled=${remove.busy} onClick=${() => remove.run(one.person)}>${t('classes.remove')}</button>`}</li>`)}</ul>
		<${ErrorBox} error=${remove.error} />
		${manage && html`<details><summary>${t('classes.add_staff')}</summary><p class="mt-3">${t('classes.staff_text')}</p>
			<${FindPeople} id="find-staff" label=${t('people.search')} hidden=${staff.map((/** @type {any} */ one) => one.person)} buttons=${['D', 'T'].map((role) => [t(`classes.role_${role}`), add(role)])} /></details>`}
	</section>`;
}
