#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The lint must find what is wrong: each case plants one violation in a small tree."""
import pathlib
import tempfile
import unittest

import lint

SPDX = "// SPDX-License-Identifier: Apache-2.0\n"


class LintTest(unittest.TestCase):
    def findings(self, path, text):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for module in lint.FLOORS:
                (root / module).mkdir()
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
            (file.parent / "README.md").write_text("x")
            (root / path.split("/")[0] / "README.md").write_text("x")
            return list(lint.findings(root))

    def test_a_good_file_has_no_findings(self):
        self.assertEqual(self.findings("catalog/store/a.cpp", SPDX + "#include <SQLiteCpp/Database.h>\n"), [])

    def test_an_arrow_that_points_up(self):
        self.assertIn("points up", self.findings("backbone/log/a.cpp", SPDX + "#include <catalog/catalog.h>\n")[0])

    def test_a_library_seen_by_a_stranger(self):
        for text in ("#include <SQLiteCpp/Database.h>\n", "#include <librdkafka/rdkafka.h>\n", "#include <QString>\n"):
            self.assertIn("is only for", self.findings("lineage/graph/a.cpp", SPDX + text)[0])

    def test_shape(self):
        self.assertIn("SPDX", self.findings("app/a.cpp", "int x;\n")[0])
        self.assertIn("pragma", self.findings("app/a.h", SPDX)[0])
        self.assertIn("longer", self.findings("app/a.cpp", SPDX + "/" * 121 + "\n")[0])
        self.assertIn("600", self.findings("app/a.cpp", SPDX + "\n" * 601)[0])
        self.assertIn("lower_snake", self.findings("app/MyFile.cpp", SPDX)[0])

    def test_colours_live_in_the_theme(self):
        self.assertIn("colour", self.findings("ui/topics/a.cpp", SPDX + 'auto c = QColor("#FF0000");\n')[0])

    def test_a_type_that_is_defined_twice(self):
        inside = "namespace meshbone::backbone {\n\nstruct View {\n    int x;\n};\n\n} // namespace meshbone::backbone\n"
        hidden = inside.replace("struct", "namespace {\nstruct").replace("};\n", "};\n} // namespace\n")
        other = inside.replace("backbone", "catalog")
        for text, twice in ((inside, True), (hidden, False), (other, False)):
            found = list(lint.twice_findings([("backbone/log/a.h", inside), ("backbone/net/b.h", text)]))
            self.assertEqual(len(found), 1 if twice else 0, text)

    def test_folders_without_a_word_of_their_own(self):
        self.assertTrue(any("whose word" in f for f in self.findings("ui/utils/a.cpp", SPDX)))


if __name__ == "__main__":
    unittest.main()
