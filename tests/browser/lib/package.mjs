// SCORM packages made for a test, from text: a zip without compression and a manifest.

const CRC = Uint32Array.from({length: 256}, (_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit++) {
		value = value & 1 ? 0xedb88320 ^ value >>> 1 : value >>> 1;
	}
	return value;
});

/** @param {Buffer} bytes */
function crc32(bytes) {
	let value = 0xffffffff;
	for (const byte of bytes) {
		value = CRC[(value ^ byte) & 0xff] ^ value >>> 8;
	}
	return (value ^ 0xffffffff) >>> 0;
}

/** @param {Record<string, string>} files @returns {Buffer} */
export function zip(files) {
	const local = [], central = [];
	let offset = 0;
	for (const [name, text] of Object.entries(files)) {
		const [path, bytes] = [Buffer.from(name), Buffer.from(text)];
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		common.writeUInt16LE(0x800, 2); /* UTF-8 names */
		common.writeUInt16LE(0x21, 8);  /* 1 January 1980 */
		common.writeUInt32LE(crc32(bytes), 10);
		common.writeUInt32LE(bytes.length, 14);
		common.writeUInt32LE(bytes.length, 18);
		common.writeUInt16LE(path.length, 22);
		local.push(Buffer.from('PK\x03\x04', 'latin1'), common, path, bytes);
		const rest = Buffer.alloc(14);
		rest.writeUInt32LE(offset, 10);
		central.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, path);
		offset += 30 + path.length + bytes.length;
	}
	const directory = Buffer.concat(central);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 0, 'latin1');
	end.writeUInt16LE(Object.keys(files).length, 8);
	end.writeUInt16LE(Object.keys(files).length, 10);
	end.writeUInt32LE(directory.length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...local, directory, end]);
}

/**
 * A SCORM 1.2 package of one SCO an item.
 * @param {string} id
 * @param {{id: string, title: string, href: string, more?: string}[]} items `more`: the item's further elements
 * @param {Record<string, string>} files
 */
export function package12(id, items, files) {
	const rows = items.map(item => `<item identifier="${item.id}" identifierref="r-${item.id}"><title>${item.title}</title>${item.more ?? ''}</item>`);
	const resources = items.map(item => `<resource identifier="r-${item.id}" type="webcontent" adlcp:scormtype="sco" href="${item.href}">` +
		`<file href="${item.href}"/></resource>`);
	return zip({'imsmanifest.xml': `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="${id}" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
	xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
	<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
	<organizations default="org"><organization identifier="org"><title>${id}</title>${rows.join('')}</organization></organizations>
	<resources>${resources.join('')}</resources>
</manifest>
`, ...files});
}

/**
 * A SCORM 2004 4th Edition package of one or more flowing organizations.
 * @param {string} id
 * @param {{id: string, title: string, items: {id: string, title: string, href: string, more?: string}[]}[]} organizations
 * @param {Record<string, string>} files
 */
export function package2004(id, organizations, files) {
	const flow = '<imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing>';
	const item = ({id: name, title, more = ''}) => `<item identifier="${name}" identifierref="r-${name}"><title>${title}</title>${more}</item>`;
	const trees = organizations.map(tree => (
		`<organization identifier="${tree.id}"><title>${tree.title}</title>${tree.items.map(item).join('')}${flow}</organization>`));
	const resources = organizations.flatMap(tree => tree.items).map(({id: name, href}) => (
		`<resource identifier="r-${name}" type="webcontent" adlcp:scormType="sco" href="${href}"><file href="${href.split('?')[0]}"/></resource>`));
	return zip({'imsmanifest.xml': `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="${id}" version="1.0" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
	xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
	<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
	<organizations default="${organizations[0].id}">${trees.join('')}</organizations>
	<resources>${resources.join('')}</resources>
</manifest>
`, ...files});
}
