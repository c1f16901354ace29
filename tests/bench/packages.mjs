/**
 * Packages made for measuring: flat zips of stored files, written here so that no tool's compression time
 * or layout gets into the figures.
 * @module
 */
import {writeFileSync} from 'node:fs';
import {crc32} from './crc32.mjs';

const XMLNS = 'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" ' +
	'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"';

/**
 * Writes a zip of stored (not deflated) files.
 * @param {string} path
 * @param {{name: string, bytes: Buffer}[]} files
 */
export function writeZip(path, files) {
	const parts = [];
	const directory = [];
	let offset = 0;
	for (const {name, bytes} of files) {
		const sum = crc32(bytes);
		const local = Buffer.alloc(30);
		local.writeUInt32LE(0x04034b50, 0);
		local.writeUInt16LE(20, 4);
		local.writeUInt32LE(sum, 14);
		local.writeUInt32LE(bytes.length, 18);
		local.writeUInt32LE(bytes.length, 22);
		local.writeUInt16LE(name.length, 26);
		const central = Buffer.alloc(46);
		central.writeUInt32LE(0x02014b50, 0);
		central.writeUInt16LE(20, 4);
		central.writeUInt16LE(20, 6);
		local.copy(central, 16, 14, 30);
		central.writeUInt32LE(offset, 42);
		parts.push(local, Buffer.from(name), bytes);
		directory.push(central, Buffer.from(name));
		offset += 30 + name.length + bytes.length;
	}
	const end = Buffer.alloc(22);
	const size = directory.reduce((sum, part) => sum + part.length, 0);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(files.length, 8);
	end.writeUInt16LE(files.length, 10);
	end.writeUInt32LE(size, 12);
	end.writeUInt32LE(offset, 16);
	writeFileSync(path, Buffer.concat([...parts, ...directory, end]));
}

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
	return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><manifest identifier="tree-${blocks}-${leaves}" version="1" ` +
		`${XMLNS}><metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>` +
		`<organizations default="org"><organization identifier="org"><title>Tree</title>${items}${control}</organization>` +
		'</organizations><resources><resource identifier="sco" type="webcontent" adlcp:scormType="sco" href="sco.html">' +
		'<file href="sco.html"/></resource></resources></manifest>');
}

export const scoPage = Buffer.from('<!doctype html><html lang="it"><title>SCO</title><script>var API_1484_11 = ' +
	'parent.API_1484_11;</script><p>Pagina di prova</p></html>');
