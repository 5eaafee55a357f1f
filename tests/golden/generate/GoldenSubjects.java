// SPDX-License-Identifier: Apache-2.0
// Reads what subjects.py prints; writes JSON lines: case, certificate, and the name that Kafka gives the principal
// (DefaultKafkaPrincipalBuilder: SSLSession.getPeerPrincipal().getName()). Then what Kafka's own SslPrincipalMapper
// makes of names by rules, into the second file.
import java.io.*;
import java.lang.reflect.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.security.cert.*;
import java.util.*;

public class GoldenSubjects {
    static String quoted(String text) {
        if (text == null) return "null";
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') out.append(String.format("\\u%04x", (int) c));
            else out.append(c);
        }
        return out.append('"').toString();
    }

    static void subjects(Path to) throws Exception {
        StringBuilder lines = new StringBuilder();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line; (line = in.readLine()) != null;) {
            String[] words = line.split(" ");
            byte[] der = Base64.getDecoder().decode(words[1]);
            X509Certificate certificate = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
            lines.append("{\"case\":").append(quoted(words[0])).append(",\"name\":")
                 .append(quoted(certificate.getSubjectX500Principal().getName())).append(",\"certificate\":\"")
                 .append(words[1]).append("\"}\n");
        }
        Files.writeString(to, lines.toString());
    }

    static final String[] RULES = {
        "DEFAULT", "", "RULE:^CN=(.*?),OU=ServiceUsers.*$/$1/", "RULE:^CN=(.*?),OU=ServiceUsers.*$/$1/,DEFAULT",
        "RULE:^CN=(.*?),OU=(.*?),O=(.*?),L=(.*?),ST=(.*?),C=(.*?)$/$1@$2/L,DEFAULT",
        "RULE:^cn=(.*?),ou=(.*?),dc=(.*?),dc=(.*?)$/$1@$2/U,DEFAULT",
        "RULE:^.*[Cc][Nn]=([a-zA-Z0-9.]*).*$/$1/L,DEFAULT", "RULE:^CN=([^,]+).*$/$1/,DEFAULT", "RULE:.*/x/", "RULE:CN=(.*)/$1/U",
        "RULE:^CN=(.*?)$/$1/", "RULE:^CN=([^,]*),O=(.*)$/$2.$1/", "RULE:^CN=([^,]*),O=(.*)$/$3-$1/", "RULE:^CN=([^,]*),O=(.*)$/$12/",
        "RULE:^CN=([^,]*),O=(.*)$/$01$1/", "RULE:^CN=([^,]*),O=(.*)$/a\\$b\\/$1/", "RULE:^CN=(?<who>[^,]*).*$/${who}/",
        "  RULE:^CN=([^,]*),O=Mesh$/$1/ , DEFAULT ", "RULE:^CN=(.*)$/$1/,RULE:^OU=(.*)$/ou-$1/", "RULE:^O=(.*)$/$1/",
        "RULE:^CN=(\\w+)\\,.*$/$1/L", "RULE:^CN=(..).*$/$0|$1/", "RULE:([a-z])/<$1>/", "RULE:^CN=a\\/b$/slash/,DEFAULT",
        "DEFAULT,RULE:^CN=(.*)$/$1/", "RULE:^CN=(.*?),.*$/$1/LU", "RULE:(?i)^cn=(\\p{L}+).*$/$1/U", "RULE:^(CN=.*)$/$1/L",
        "RULE:^CN=([^,]*)(?:,O=(.*))?$/$1-$2/", "RULE:^CN=.*$//,DEFAULT", "RULE:^CN=(.*?),.*$/x$/", "RULE:^CN=(.*?),.*$/${1}/",
        // not legal
        "RULE:^CN=(.*)$/$1", "RULE:/$1/X/", "RULE", "default", "RULE:^CN=(.*)$/$1/,", ",DEFAULT", "RULE:^CN=((.*)$/$1/", "nonsense,DEFAULT",
        "RULE:a/b/c/d", "DEFAULTS", "RULE:^CN=(.*?),.*$/$1/U nonsense,DEFAULT",
    };
    static final String[] NAMES = {
        "CN=Duke,OU=ServiceUsers,O=Org,C=US", "CN=orders,O=Mesh", "CN=orders", "cn=Jo,ou=Team,dc=example,dc=org", "OU=only",
        "CN=J\u00f6rg \u00c4,O=Mesh", "CN=kafka1,OU=SME,O=mycp,L=Fulton,ST=MD,C=US", "CN=a/b", "", "CN=a\\,b,O=Mesh", "aaa",
    };

    static void rules(Path to) throws Exception {
        Class<?> mapper = Class.forName("org.apache.kafka.common.security.ssl.SslPrincipalMapper");
        Method from = mapper.getDeclaredMethod("fromRules", String.class);
        Method name = mapper.getDeclaredMethod("getName", String.class);
        StringBuilder lines = new StringBuilder();
        for (String rule : RULES) {
            Object made = null;
            try {
                made = from.invoke(null, rule);
            } catch (InvocationTargetException refused) {
                lines.append("{\"rules\":").append(quoted(rule)).append(",\"legal\":false}\n");
                continue;
            }
            for (String who : NAMES) {
                String result;
                try {
                    result = (String) name.invoke(made, who);
                } catch (InvocationTargetException none) {
                    result = null; // no rule applies, or its replacement can't be made
                }
                lines.append("{\"rules\":").append(quoted(rule)).append(",\"legal\":true,\"name\":").append(quoted(who))
                     .append(",\"principal\":").append(quoted(result)).append("}\n");
            }
        }
        Files.writeString(to, lines.toString());
    }

    public static void main(String[] args) throws Exception {
        subjects(Path.of(args[0]));
        rules(Path.of(args[1]));
    }
}
