/** Packages made for measuring. @module */

const XMLNS = 'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" ' +
	'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"';

/**
 * A SCORM 2004 manifest of `blocks` clusters with `leaves` SCOs each, free flow and choice.
 * @param {number} blocks @param {number} leaves
 */
export function treeManifest(blocks, leaves) {
	const control = '<imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing>';
	let items = '';
	for (let block = 0; block < blocks; block++) {
		items += `<item identifier="block-${block}"><title>Block ${block}</title>`;
		for (let leaf = 0; leaf < leaves; leaf++) {
			items += `<item identifier="sco-${block}-${leaf}" identifierref="sco"><title>SCO ${leaf}</title></item>`;
		}
		items += `${control}</item>`;
	}
	return `<?xml version="1.0" encoding="UTF-8"?><manifest identifier="tree-${blocks}-${leaves}" version="1" ` +
		`${XMLNS}><metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>` +
		`<organizations default="org"><organization identifier="org"><title>Tree</title>${items}${control}</organization>` +
		'</organizations><resources><resource identifier="sco" type="webcontent" adlcp:scormType="sco" href="sco.html">' +
		'<file href="sco.html"/></resource></resources></manifest>';
}

export const scoPage = '<!doctype html><html lang="it"><title>SCO</title><script>var API_1484_11 = ' +
	'parent.API_1484_11;</script><p>Pagina di prova</p></html>';
