// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file: one shape a line, however long

extension DockerShape {
  /// The other commands, and how lines are joined.
  static let other: [DockerShape] = [
    DockerShape("COPY a b", [["COPY", "a", "b"]]),
    DockerShape("COPY app.jar /opt/app/", [["COPY", "app.jar", "/opt/app/"]]),
    DockerShape("COPY /opt/src /opt/dst", [["COPY", "/opt/src", "/opt/dst"]]),
    DockerShape(
      "COPY https://example.com/app-1.4.tar.gz /opt/app",
      [["COPY", "https://example.com/app-1.4.tar.gz", "/opt/app"]]),
    DockerShape("COPY http://example.com/a.rpm /tmp", [["COPY", "http://example.com/a.rpm", "/tmp"]]),
    DockerShape(
      "COPY https://example.com/a%20b.tgz /opt", [["COPY", "https://example.com/a%20b.tgz", "/opt"]]),
    DockerShape(
      "COPY https://example.com:8443/a/b/c.zip /opt/c/",
      [["COPY", "https://example.com:8443/a/b/c.zip", "/opt/c/"]]),
    DockerShape("COPY a\tb", [["COPY", "a", "b"]]),
    DockerShape("COPY a    b", [["COPY", "a", "b"]]),
    DockerShape("COPY a \\\n  b", [["COPY", "a", "b"]]),
    DockerShape("COPY a \\\n# comment\n  b", [["COPY", "a", "b"]]),
    DockerShape("COPY . /app", [["COPY", ".", "/app"]]),
    DockerShape("COPY ./ ./", [["COPY", "./", "./"]]),
    DockerShape("COPY *.conf /etc/app/", [["COPY", "*.conf", "/etc/app/"]]),
    DockerShape("COPY conf/*.d/[a-z]* /etc/", [["COPY", "conf/*.d/[a-z]*", "/etc/"]]),
    DockerShape("COPY /a?b /c", [["COPY", "/a?b", "/c"]]),
    DockerShape("COPY \"a\" \"b\"", [["COPY", "\"a\"", "\"b\""]]),
    DockerShape("COPY 'a' /b", [["COPY", "'a'", "/b"]]),
    DockerShape("COPY 你好 /世界", [["COPY", "你好", "/世界"]]),
    DockerShape("COPY ../a /b", [["COPY", "../a", "/b"]]),
    DockerShape("COPY /etc/hosts /etc/hosts.bak", [["COPY", "/etc/hosts", "/etc/hosts.bak"]]),
    DockerShape("COPY $SRC ${DST}", [["COPY", "$SRC", "${DST}"]]),
    DockerShape("COPY https://u@example.com/a /b", [["COPY", "https://u@example.com/a", "/b"]]),
    DockerShape("COPY ftp://example.com/a /b", [["COPY", "ftp://example.com/a", "/b"]]),
    DockerShape("COPY oss://bucket/a /b", [["COPY", "oss://bucket/a", "/b"]]),
    DockerShape("COPY a b/", [["COPY", "a", "b/"]]),
    DockerShape("COPY A B", [["COPY", "A", "B"]]),
    DockerShape("COPY package.json package-lock.json", [["COPY", "package.json", "package-lock.json"]]),
    DockerShape(
      "COPY /very/long/path/with/many/segments/and-dashes/and_underscores/file.tar.gz /destination/",
      [
        [
          "COPY", "/very/long/path/with/many/segments/and-dashes/and_underscores/file.tar.gz",
          "/destination/",
        ]
      ]),
    DockerShape("WORKDIR /opt/app", [["WORKDIR", "/opt/app"]]),
    DockerShape("WORKDIR opt/app", [["WORKDIR", "opt/app"]]),
    DockerShape("WORKDIR $HOME/app", [["WORKDIR", "$HOME/app"]]),
    DockerShape("WORKDIR ${APP_HOME:-/opt}", [["WORKDIR", "${APP_HOME:-/opt}"]]),
    DockerShape("WORKDIR \"/opt\"", [["WORKDIR", "\"/opt\""]]),
    DockerShape("WORKDIR   /opt   ", [["WORKDIR", "/opt"]]),
    DockerShape("WORKDIR C:\\\\app", [["WORKDIR", "C:\\\\app"]]),
    DockerShape("USER root", [["USER", "root"]]),
    DockerShape("USER app:app", [["USER", "app:app"]]),
    DockerShape("USER 1000:1000", [["USER", "1000:1000"]]),
    DockerShape("USER ${APP_USER}", [["USER", "${APP_USER}"]]),
    DockerShape("LABEL a=b", [["LABEL", "a", "b"]]),
    DockerShape("LABEL a=\"b\" c=\"d e\"", [["LABEL", "a", "\"b\"", "c", "\"d e\""]]),
    DockerShape("LABEL \"a.b.c\"=\"d\" e=f", [["LABEL", "a.b.c", "\"d\"", "e", "f"]]),
    DockerShape(
      "LABEL maintainer=\"me <me@example.com>\" version=\"1.0\" \\\n      description=\"a long \\\ntext\"",
      [
        [
          "LABEL", "maintainer", "\"me <me@example.com>\"", "version", "\"1.0\"", "description",
          "\"a long text\"",
        ]
      ]),
    DockerShape(
      "LABEL org.opencontainers.image.source=\"https://example.com/app\"",
      [["LABEL", "org.opencontainers.image.source", "\"https://example.com/app\""]]),
    DockerShape("LABEL a b", [["LABEL", "a", "b"]]),
    DockerShape("CMD [\"nginx\", \"-g\", \"daemon off;\"]", [["CMD", "nginx", "-g", "daemon off;"]]),
    DockerShape("CMD [\"a\"]", [["CMD", "a"]]),
    DockerShape("CMD []", [["CMD"]]),
    DockerShape("CMD nginx -g \"daemon off;\"", [["CMD", "nginx -g \"daemon off;\""]]),
    DockerShape("CMD [ \"a\" , \"b\" ]", [["CMD", "a", "b"]]),
    DockerShape(
      "CMD [\"a\\\"b\", \"c\\\\d\", \"e\\tf\", \"\\u0041\"]", [["CMD", "a\"b", "c\\d", "e\tf", "A"]]),
    DockerShape("CMD [\"你好\", \"🧱\"]", [["CMD", "你好", "🧱"]]),
    DockerShape("CMD exec /usr/sbin/sshd -D", [["CMD", "exec /usr/sbin/sshd -D"]]),
    DockerShape("CMD /start.sh && tail -F /var/log/a", [["CMD", "/start.sh && tail -F /var/log/a"]]),
    DockerShape("ENTRYPOINT [\"/entrypoint.sh\"]", [["ENTRYPOINT", "/entrypoint.sh"]]),
    DockerShape(
      "ENTRYPOINT [\"/bin/sh\", \"-c\", \"echo $HOME && exec \\\"$0\\\"\", \"x\"]",
      [["ENTRYPOINT", "/bin/sh", "-c", "echo $HOME && exec \"$0\"", "x"]]),
    DockerShape("ENTRYPOINT /entrypoint.sh arg", [["ENTRYPOINT", "/entrypoint.sh arg"]]),
    DockerShape("ENTRYPOINT [\\\n \"a\",\\\n \"b\"\\\n]", [["ENTRYPOINT", "a", "b"]]),
    DockerShape("run echo lower", [["RUN", "echo lower"]]),
    DockerShape("Run echo mixed", [["RUN", "echo mixed"]]),
    DockerShape("env A=b", [["ENV", "A", "b"]]),
    DockerShape("copy a b", [["COPY", "a", "b"]]),
    DockerShape("workdir /a", [["WORKDIR", "/a"]]),
    DockerShape("cmd [\"a\"]", [["CMD", "a"]]),
    DockerShape("RUN\ttab-separated", [["RUN", "tab-separated"]]),
    DockerShape("  RUN indented", [["RUN", "indented"]]),
    DockerShape("\tRUN tab indented", [["RUN", "tab indented"]]),
    DockerShape("RUN a\r\nRUN b\r\n", [["RUN", "a"], ["RUN", "b"]]),
    DockerShape("RUN a \\\r\n  b\r\nENV A=b\r\n", [["RUN", "a   b"], ["ENV", "A", "b"]]),
    DockerShape("# comment\nRUN a\n\n\n# another\nRUN b\n", [["RUN", "a"], ["RUN", "b"]]),
    DockerShape("\n\n  \nRUN a\n", [["RUN", "a"]]),
    DockerShape("\u{FEFF}RUN a\n", [["RUN", "a"]]),
    DockerShape("RUN a\n#RUN b\nRUN c", [["RUN", "a"], ["RUN", "c"]]),
    DockerShape(
      "RUN a # not a Docker comment\nRUN b", [["RUN", "a # not a Docker comment"], ["RUN", "b"]]),
    DockerShape("   # indented comment\nRUN a", [["RUN", "a"]]),
    DockerShape("RUN a \\\n   # indented comment\n   b\nRUN c", [["RUN", "a    b"], ["RUN", "c"]]),
    DockerShape(
      "ENV A=b\nENV B $A\nRUN echo $B\nCMD [\"$B\"]",
      [["ENV", "A", "b"], ["ENV", "B", "$A"], ["RUN", "echo $B"], ["CMD", "$B"]]),
    DockerShape("RUN a\n\t\nRUN b\n   ", [["RUN", "a"], ["RUN", "b"]]),
    DockerShape("RUN a \\\n\n\n\n b\nRUN c", [["RUN", "a  b"], ["RUN", "c"]]),
    DockerShape("RUN a \\\\\nRUN b", [["RUN", "a \\\\"], ["RUN", "b"]]),
    DockerShape("RUN a\n\\\nRUN b", [["RUN", "a"], ["RUN", "b"]]),
    DockerShape("RUN\\\n a", [["RUN", "a"]]),
    DockerShape("RU\\\nN a", [["RUN", "a"]]),
    DockerShape("COPY a \\\n b\nRUN c", [["COPY", "a", "b"], ["RUN", "c"]]),
  ]
}
