import assert from 'node:assert/strict';
import {createCipheriv, createHash, createHmac, randomBytes} from 'node:crypto';
import {test} from 'node:test';
import {chacha20, hmac, Seal, sha256} from '../seal.js';

const hex = bytes => Buffer.from(bytes).toString('hex');

test('SHA-256, HMAC and ChaCha20 agree with OpenSSL at every length about a block', () => {
	for (const length of [0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 128, 1000, 70000]) {
		const text = randomBytes(length), key = randomBytes(32), nonce = randomBytes(12);
		assert.equal(hex(sha256(text)), createHash('sha256').update(text).digest('hex'), String(length));
		assert.equal(hex(hmac(key, text.subarray(0, 5), text.subarray(5))), createHmac('sha256', key).update(text).digest('hex'));
		const cipher = createCipheriv('chacha20', key, Buffer.concat([Buffer.alloc(4), nonce]));
		assert.equal(hex(chacha20(key, nonce, text)), cipher.update(text).toString('hex'));
	}
});

test('what is sealed opens under the same key and label alone', () => {
	const [mine, other] = [new Seal(randomBytes(32).toString('base64url')), new Seal(randomBytes(32).toString('base64url'))];
	const text = Buffer.from('perché no');
	const sealed = mine.seal('a:1', text);
	assert.deepEqual(Buffer.from(mine.open('a:1', sealed)), text);
	assert.equal(mine.open('a:2', sealed), null);
	assert.equal(other.open('a:1', sealed), null);
	assert.equal(mine.open('a:1', sealed.subarray(1)), null);
	assert.equal(mine.open('a:1', new Uint8Array(3)), null);
	for (let at = 0; at < sealed.length; at++) {
		const bent = sealed.slice();
		bent[at] ^= 1;
		assert.equal(mine.open('a:1', bent), null);
	}
	assert.notEqual(hex(mine.seal('a:1', text)), hex(sealed));
	assert.ok(!Buffer.from(sealed).includes('perch'));
});
