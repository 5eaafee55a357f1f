// SPDX-License-Identifier: Apache-2.0
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.ResponseHeader;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes golden bytes of every message and version that the table of APIs serves. The values are made from the field
 * descriptions inside the kafka-clients jar; the bytes come from its generated classes alone, by way of their JSON readers,
 * and are read back by them. Arguments: api_key.h, the folder to write to.
 */
public class GoldenWire {
    enum Case {
        /** Everything set, two elements an array. */ FULL,
        /** Null where it may be, else empty or zero; no tagged fields. */ EMPTY,
        /** Largest and smallest numbers, non-ASCII text, some of it and some arrays longer than 127. */ EDGES
    }

    record Range(int min, int max) {
        static Range of(JsonNode node) {
            final String text = node == null ? "none" : node.asText();
            if (text.equals("none")) {
                return new Range(Integer.MAX_VALUE, Integer.MIN_VALUE);
            }
            if (text.endsWith("+")) {
                return new Range(Integer.parseInt(text.substring(0, text.length() - 1)), Integer.MAX_VALUE);
            }
            final String[] ends = text.split("-");
            return new Range(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
        }

        boolean has(int version) {
            return version >= min && version <= max;
        }
    }

    private static final ObjectMapper JSON =
        JsonMapper.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

    private final JsonNode message;
    private final int version;
    private final boolean last;
    private final Case kind;
    private int counter = 0;

    GoldenWire(JsonNode message, int version, boolean last, Case kind) {
        this.message = message;
        this.version = version;
        this.last = last;
        this.kind = kind;
    }

    static String lowerCamel(String name) {
        return name.substring(0, 1).toLowerCase() + name.substring(1);
    }

    /** The structure with fields that this version has; tagged fields are left out of EMPTY, as encoders do. */
    ObjectNode struct(JsonNode fields) {
        final ObjectNode node = JSON.createObjectNode();
        for (JsonNode field : fields) {
            final boolean tagged = Range.of(field.get("taggedVersions")).has(version);
            if (Range.of(field.get("versions")).has(version) && !(tagged && kind == Case.EMPTY)) {
                node.set(lowerCamel(field.get("name").asText()), value(field));
            }
        }
        return node;
    }

    JsonNode value(JsonNode field) {
        if (kind == Case.EMPTY && Range.of(field.get("nullableVersions")).has(version)) {
            return JSON.nullNode();
        }
        final String type = field.get("type").asText();
        if (!type.startsWith("[]")) {
            return single(type, field);
        }
        final ArrayNode array = JSON.createArrayNode();
        final boolean numbers = type.equals("[]int32") && last;
        final int count = kind == Case.EMPTY ? 0 : kind == Case.FULL ? 2 : numbers ? 130 : 1;
        for (int i = 0; i < count; ++i) {
            array.add(single(type.substring(2), field));
        }
        return array;
    }

    JsonNode single(String type, JsonNode field) {
        ++counter;
        switch (type) {
            case "bool": return JSON.getNodeFactory().booleanNode(kind != Case.EMPTY);
            case "int8": return JSON.getNodeFactory().numberNode((int) number(8));
            case "int16": return JSON.getNodeFactory().numberNode((int) number(16));
            case "int32": return JSON.getNodeFactory().numberNode((int) number(32));
            case "int64": return JSON.getNodeFactory().numberNode(number(64));
            case "uuid": return JSON.getNodeFactory().textNode(uuid().toString());
            case "string": return JSON.getNodeFactory().textNode(text(field));
            case "bytes": return JSON.getNodeFactory().binaryNode(bytes());
            case "records": return JSON.getNodeFactory().binaryNode(records());
            default: return struct(field.has("fields") ? field.get("fields") : common(type));
        }
    }

    JsonNode common(String type) {
        for (JsonNode struct : message.get("commonStructs")) {
            if (struct.get("name").asText().equals(type)) {
                return struct.get("fields");
            }
        }
        throw new IllegalStateException("no structure " + type);
    }

    long number(int bits) {
        switch (kind) {
            case EMPTY: return 0;
            case FULL: return bits == 8 ? counter % 100 : 1000L + counter * (bits == 64 ? 1_000_000_007L : 1);
            default:
                final long largest = bits == 64 ? Long.MAX_VALUE : (1L << (bits - 1)) - 1;
                return counter % 2 == 0 ? largest : -largest - 1;
        }
    }

    Uuid uuid() {
        return kind == Case.EMPTY ? Uuid.ZERO_UUID : new Uuid(0x0123456789abcdefL + counter, -counter);
    }

    String text(JsonNode field) {
        switch (kind) {
            case EMPTY: return "";
            case FULL: return lowerCamel(field.get("name").asText()) + "-" + counter;
            default: return "Ü☃".repeat(counter % 5 == 0 ? 30 : 1) + "\"\\" + counter;
        }
    }

    byte[] bytes() {
        final byte[] bytes = new byte[kind == Case.EMPTY ? 0 : kind == Case.FULL ? 5 : 130];
        for (int i = 0; i < bytes.length; ++i) {
            bytes[i] = (byte) (counter + 37 * i);
        }
        return bytes;
    }

    /** A batch of two records; nothing in EMPTY. */
    byte[] records() {
        if (kind == Case.EMPTY) {
            return new byte[0];
        }
        final ByteBuffer buffer = MemoryRecords.withRecords(Compression.NONE,
            new SimpleRecord(1700000000000L + counter, "key".getBytes(StandardCharsets.UTF_8), bytes()),
            new SimpleRecord(1700000000001L, (byte[]) null, (byte[]) null)).buffer();
        final byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** The values with bytes as hexadecimal, as the dump under test writes them. */
    static JsonNode readable(JsonNode node) {
        if (node.isBinary()) {
            try {
                return JSON.getNodeFactory().textNode(HexFormat.of().formatHex(node.binaryValue()));
            } catch (java.io.IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        if (node.isObject()) {
            final ObjectNode copy = JSON.createObjectNode();
            node.fields().forEachRemaining(field -> copy.set(field.getKey(), readable(field.getValue())));
            return copy;
        }
        if (node.isArray()) {
            final ArrayNode copy = JSON.createArrayNode();
            node.forEach(element -> copy.add(readable(element)));
            return copy;
        }
        return node;
    }

    static String hex(ByteBuffer buffer) {
        final byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes.length == 0 ? "-" : HexFormat.of().formatHex(bytes);
    }

    /** Kafka's encoding of the values; fails if Kafka doesn't read it back to the same. */
    static ByteBuffer encoded(String className, JsonNode values, short version) throws Exception {
        final Class<?> converter = Class.forName("org.apache.kafka.common.message." + className + "JsonConverter");
        final Message data =
            (Message) converter.getMethod("read", JsonNode.class, short.class).invoke(null, values, version);
        final ByteBuffer buffer = MessageUtil.toByteBufferAccessor(data, version).buffer();
        final Message again =
            (Message) Class.forName("org.apache.kafka.common.message." + className).getDeclaredConstructor().newInstance();
        again.read(new ByteBufferAccessor(buffer.duplicate()), version);
        if (!again.equals(data)) {
            throw new IllegalStateException(className + " " + version + " is not read back alike");
        }
        return buffer;
    }

    static void message(Path folder, String name, int min, int max) throws Exception {
        final JsonNode message;
        try (InputStream in = GoldenWire.class.getResourceAsStream("/common/message/" + name + ".json")) {
            message = JSON.readTree(in);
        }
        final String className = message.get("type").asText().equals("data") ? name : name + "Data";
        final List<String> lines = new ArrayList<>();
        for (int version = min; version <= max; ++version) {
            for (Case kind : Case.values()) {
                final JsonNode values = new GoldenWire(message, version, version == max, kind).struct(message.get("fields"));
                lines.add(version + " " + hex(encoded(className, values, (short) version)) + " " + readable(values));
            }
        }
        Files.write(folder.resolve(name + ".txt"), lines);
    }

    static void headers(List<String> lines, short key, int min, int max) {
        final ApiKeys api = ApiKeys.forId(key);
        for (short version = (short) min; version <= max; ++version) {
            final RequestHeader request = new RequestHeader(api, version, "client-" + version, 7000 + version);
            final ByteBuffer out = MessageUtil.toByteBufferAccessor(request.data(), request.headerVersion()).buffer();
            final ResponseHeader response = new ResponseHeader(7000 + version, api.responseHeaderVersion(version));
            final ByteBuffer in = MessageUtil.toByteBufferAccessor(response.data(), response.headerVersion()).buffer();
            lines.add(key + " " + version + " " + hex(out) + " " + hex(in));
        }
    }

    public static void main(String[] arguments) throws Exception {
        final String table = Files.readString(Path.of(arguments[0]));
        final Path folder = Path.of(arguments[1]);
        final List<String> headers = new ArrayList<>();
        final Matcher row =
            Pattern.compile("\\{ApiKey::(\\w+), \"\\w+\", \\d+, \\{(\\d+), (\\d+)\\}").matcher(table);
        while (row.find()) {
            final int min = Integer.parseInt(row.group(2));
            final int max = Integer.parseInt(row.group(3));
            message(folder, row.group(1) + "Request", min, max);
            message(folder, row.group(1) + "Response", min, max);
            final Matcher number = Pattern.compile("\\b" + row.group(1) + " = (\\d+),").matcher(table);
            if (!number.find()) {
                throw new IllegalStateException("no number for " + row.group(1));
            }
            headers(headers, Short.parseShort(number.group(1)), min, max);
        }
        Files.write(folder.resolve("headers.txt"), headers);
        message(folder, "ConsumerProtocolSubscription", 0, 3);
        message(folder, "ConsumerProtocolAssignment", 0, 3);
    }
}
