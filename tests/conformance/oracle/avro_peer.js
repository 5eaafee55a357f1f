// SPDX-License-Identifier: Apache-2.0
// avsc, an implementation of Avro in JavaScript, asked as schema_oracle is: writer, reader and payload (hex) in a line;
// whether the reader can read what the writer writes (reads), and to what (value). Without a payload: whether they are schemas.
const avro = require('avsc');

function answer({ writer, reader, payload }) {
    const told = {};
    let bytes, written, read;
    try {
        written = avro.Type.forSchema(writer, { wrapUnions: true });
        read = avro.Type.forSchema(reader, { wrapUnions: true });
        if (payload === undefined) {
            return told;
        }
        bytes = Buffer.from(payload, 'hex');
        const value = written.fromBuffer(bytes);
        told.same = JSON.parse(written.toString(value));
        told.again = written.toBuffer(value).toString('hex');
    } catch (error) {
        return { error: String(error) };
    }
    try {
        const resolver = read.createResolver(written);
        told.reads = true;
        told.value = JSON.parse(read.toString(read.fromBuffer(bytes, resolver)));
    } catch (error) {
        told.reads ??= false;
        told.unread = String(error);
    }
    return told;
}

require('readline')
    .createInterface({ input: process.stdin })
    .on('line', (line) => console.log(JSON.stringify(answer(JSON.parse(line)))));
