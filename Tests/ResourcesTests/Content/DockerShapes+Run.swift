// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file: one shape a line, however long

extension DockerShape {
  /// Scripts, as people write them.
  static let run: [DockerShape] = [
    DockerShape("RUN yum install -y nginx", [["RUN", "yum install -y nginx"]]),
    DockerShape("RUN yum -y update && yum clean all", [["RUN", "yum -y update && yum clean all"]]),
    DockerShape(
      "RUN yum install -y epel-release && yum install -y htop \\\n && yum clean all",
      [["RUN", "yum install -y epel-release && yum install -y htop  && yum clean all"]]),
    DockerShape(
      "RUN apt-get update && apt-get install -y --no-install-recommends \\\n    ca-certificates \\\n    curl \\\n    gnupg \\\n && rm -rf /var/lib/apt/lists/*",
      [
        [
          "RUN",
          "apt-get update && apt-get install -y --no-install-recommends     ca-certificates     curl     gnupg  && rm -rf /var/lib/apt/lists/*",
        ]
      ]),
    DockerShape(
      "RUN apt-get update \\\n  && DEBIAN_FRONTEND=noninteractive apt-get install -y tzdata \\\n  && ln -fs /usr/share/zoneinfo/Asia/Shanghai /etc/localtime \\\n  && dpkg-reconfigure -f noninteractive tzdata",
      [
        [
          "RUN",
          "apt-get update   && DEBIAN_FRONTEND=noninteractive apt-get install -y tzdata   && ln -fs /usr/share/zoneinfo/Asia/Shanghai /etc/localtime   && dpkg-reconfigure -f noninteractive tzdata",
        ]
      ]),
    DockerShape(
      "RUN set -eux; \\\n\tapt-get update; \\\n\tapt-get install -y --no-install-recommends gosu; \\\n\trm -rf /var/lib/apt/lists/*; \\\n\tgosu nobody true",
      [
        [
          "RUN",
          "set -eux; \tapt-get update; \tapt-get install -y --no-install-recommends gosu; \trm -rf /var/lib/apt/lists/*; \tgosu nobody true",
        ]
      ]),
    DockerShape(
      "RUN set -ex; \\\n    \\\n    buildDeps='gcc libc6-dev make'; \\\n    apt-get install -y $buildDeps; \\\n    apt-get purge -y --auto-remove $buildDeps",
      [
        [
          "RUN",
          "set -ex;         buildDeps='gcc libc6-dev make';     apt-get install -y $buildDeps;     apt-get purge -y --auto-remove $buildDeps",
        ]
      ]),
    DockerShape(
      "RUN groupadd -r app && useradd -r -g app -d /home/app -s /sbin/nologin -c \"App user\" app",
      [["RUN", "groupadd -r app && useradd -r -g app -d /home/app -s /sbin/nologin -c \"App user\" app"]]),
    DockerShape(
      "RUN useradd -m -s /bin/bash deploy && echo 'deploy ALL=(ALL) NOPASSWD:ALL' > /etc/sudoers.d/deploy",
      [
        [
          "RUN",
          "useradd -m -s /bin/bash deploy && echo 'deploy ALL=(ALL) NOPASSWD:ALL' > /etc/sudoers.d/deploy",
        ]
      ]),
    DockerShape(
      "RUN sed -i 's/^#\\?PermitRootLogin .*/PermitRootLogin no/' /etc/ssh/sshd_config",
      [["RUN", "sed -i 's/^#\\?PermitRootLogin .*/PermitRootLogin no/' /etc/ssh/sshd_config"]]),
    DockerShape(
      "RUN sed -i -e 's|http://archive.ubuntu.com|http://mirrors.aliyun.com|g' -e '/^#/d' /etc/apt/sources.list",
      [
        [
          "RUN",
          "sed -i -e 's|http://archive.ubuntu.com|http://mirrors.aliyun.com|g' -e '/^#/d' /etc/apt/sources.list",
        ]
      ]),
    DockerShape(
      "RUN sed -ri 's!^(\\s*CustomLog)\\s+\\S+!\\1 /proc/self/fd/1!g; s!^(\\s*ErrorLog)\\s+\\S+!\\1 /proc/self/fd/2!g' /etc/httpd/httpd.conf",
      [
        [
          "RUN",
          "sed -ri 's!^(\\s*CustomLog)\\s+\\S+!\\1 /proc/self/fd/1!g; s!^(\\s*ErrorLog)\\s+\\S+!\\1 /proc/self/fd/2!g' /etc/httpd/httpd.conf",
        ]
      ]),
    DockerShape(
      "RUN curl -fsSL https://example.com/gpg.key | gpg --dearmor -o /usr/share/keyrings/example.gpg",
      [["RUN", "curl -fsSL https://example.com/gpg.key | gpg --dearmor -o /usr/share/keyrings/example.gpg"]]),
    DockerShape(
      "RUN curl -fsSLO \"https://example.com/v${VERSION}/app-${VERSION}-linux-$(uname -m).tar.gz\" && tar -xzf app-*.tar.gz --strip-components=1 -C /opt",
      [
        [
          "RUN",
          "curl -fsSLO \"https://example.com/v${VERSION}/app-${VERSION}-linux-$(uname -m).tar.gz\" && tar -xzf app-*.tar.gz --strip-components=1 -C /opt",
        ]
      ]),
    DockerShape(
      "RUN wget -qO- https://example.com/app.tar.gz | tar xz -C /usr/local/bin --strip-components 1",
      [["RUN", "wget -qO- https://example.com/app.tar.gz | tar xz -C /usr/local/bin --strip-components 1"]]),
    DockerShape(
      "RUN wget -O /tmp/a.rpm https://example.com/a.rpm \\\n    && rpm -ivh /tmp/a.rpm \\\n    && rm -f /tmp/a.rpm",
      [
        [
          "RUN",
          "wget -O /tmp/a.rpm https://example.com/a.rpm     && rpm -ivh /tmp/a.rpm     && rm -f /tmp/a.rpm",
        ]
      ]),
    DockerShape(
      "RUN echo \"export PATH=/opt/bin:\\$PATH\" >> /etc/profile.d/opt.sh",
      [["RUN", "echo \"export PATH=/opt/bin:\\$PATH\" >> /etc/profile.d/opt.sh"]]),
    DockerShape(
      "RUN echo 'net.core.somaxconn = 65535' >> /etc/sysctl.conf && sysctl -p",
      [["RUN", "echo 'net.core.somaxconn = 65535' >> /etc/sysctl.conf && sysctl -p"]]),
    DockerShape(
      "RUN echo -e \"[nginx]\\nname=nginx\\nbaseurl=http://nginx.org/packages/centos/7/\\$basearch/\\ngpgcheck=0\\nenabled=1\" > /etc/yum.repos.d/nginx.repo",
      [
        [
          "RUN",
          "echo -e \"[nginx]\\nname=nginx\\nbaseurl=http://nginx.org/packages/centos/7/\\$basearch/\\ngpgcheck=0\\nenabled=1\" > /etc/yum.repos.d/nginx.repo",
        ]
      ]),
    DockerShape(
      "RUN printf '%s\\n' \"fs.file-max = 1000000\" \"vm.swappiness = 0\" > /etc/sysctl.d/99-app.conf",
      [["RUN", "printf '%s\\n' \"fs.file-max = 1000000\" \"vm.swappiness = 0\" > /etc/sysctl.d/99-app.conf"]]),
    DockerShape(
      "RUN printf \"line one\\nline two\\n\" | tee /etc/motd",
      [["RUN", "printf \"line one\\nline two\\n\" | tee /etc/motd"]]),
    DockerShape(
      "RUN systemctl enable nginx && systemctl enable php-fpm",
      [["RUN", "systemctl enable nginx && systemctl enable php-fpm"]]),
    DockerShape(
      "RUN systemctl disable firewalld; systemctl mask firewalld",
      [["RUN", "systemctl disable firewalld; systemctl mask firewalld"]]),
    DockerShape(
      "RUN if [ -f /etc/redhat-release ]; then yum install -y python3; else apt-get install -y python3; fi",
      [
        [
          "RUN",
          "if [ -f /etc/redhat-release ]; then yum install -y python3; else apt-get install -y python3; fi",
        ]
      ]),
    DockerShape(
      "RUN if [ \"$ENV\" = \"prod\" ]; then \\\n      rm -rf /opt/app/tests; \\\n    else \\\n      echo \"keeping tests\"; \\\n    fi",
      [
        [
          "RUN",
          "if [ \"$ENV\" = \"prod\" ]; then       rm -rf /opt/app/tests;     else       echo \"keeping tests\";     fi",
        ]
      ]),
    DockerShape(
      "RUN for f in /etc/nginx/conf.d/*.conf; do mv \"$f\" \"$f.bak\"; done",
      [["RUN", "for f in /etc/nginx/conf.d/*.conf; do mv \"$f\" \"$f.bak\"; done"]]),
    DockerShape(
      "RUN for pkg in git vim tmux; do \\\n      yum install -y \"$pkg\" || exit 1; \\\n    done",
      [["RUN", "for pkg in git vim tmux; do       yum install -y \"$pkg\" || exit 1;     done"]]),
    DockerShape(
      "RUN while ! nc -z localhost 3306; do sleep 1; done",
      [["RUN", "while ! nc -z localhost 3306; do sleep 1; done"]]),
    DockerShape(
      "RUN case \"$(uname -m)\" in \\\n      x86_64) ARCH=amd64 ;; \\\n      aarch64) ARCH=arm64 ;; \\\n      *) echo \"unsupported\"; exit 1 ;; \\\n    esac; \\\n    curl -fLo /usr/local/bin/tini \"https://example.com/tini-$ARCH\" && chmod +x /usr/local/bin/tini",
      [
        [
          "RUN",
          "case \"$(uname -m)\" in       x86_64) ARCH=amd64 ;;       aarch64) ARCH=arm64 ;;       *) echo \"unsupported\"; exit 1 ;;     esac;     curl -fLo /usr/local/bin/tini \"https://example.com/tini-$ARCH\" && chmod +x /usr/local/bin/tini",
        ]
      ]),
    DockerShape(
      "RUN pip install --no-cache-dir -r requirements.txt",
      [["RUN", "pip install --no-cache-dir -r requirements.txt"]]),
    DockerShape(
      "RUN pip3 install \"flask>=2.0,<3\" 'gunicorn[gevent]==21.2.0'",
      [["RUN", "pip3 install \"flask>=2.0,<3\" 'gunicorn[gevent]==21.2.0'"]]),
    DockerShape(
      "RUN python3 -m venv /opt/venv && /opt/venv/bin/pip install -U pip setuptools wheel",
      [["RUN", "python3 -m venv /opt/venv && /opt/venv/bin/pip install -U pip setuptools wheel"]]),
    DockerShape(
      "RUN python3 -c \"import sys; print('%d.%d' % sys.version_info[:2])\"",
      [["RUN", "python3 -c \"import sys; print('%d.%d' % sys.version_info[:2])\""]]),
    DockerShape("RUN python -c 'print(\"hello, world\")'", [["RUN", "python -c 'print(\"hello, world\")'"]]),
    DockerShape(
      "RUN npm ci --omit=dev && npm cache clean --force",
      [["RUN", "npm ci --omit=dev && npm cache clean --force"]]),
    DockerShape(
      "RUN npm config set registry https://registry.npmmirror.com",
      [["RUN", "npm config set registry https://registry.npmmirror.com"]]),
    DockerShape("RUN npm install -g yarn@1.22.19 pm2", [["RUN", "npm install -g yarn@1.22.19 pm2"]]),
    DockerShape(
      "RUN bundle install --jobs \"$(nproc)\" --without development test",
      [["RUN", "bundle install --jobs \"$(nproc)\" --without development test"]]),
    DockerShape(
      "RUN go build -ldflags=\"-s -w -X main.version=1.2.3\" -o /usr/local/bin/app ./cmd/app",
      [["RUN", "go build -ldflags=\"-s -w -X main.version=1.2.3\" -o /usr/local/bin/app ./cmd/app"]]),
    DockerShape(
      "RUN CGO_ENABLED=0 GOOS=linux go build -a -installsuffix cgo -o app .",
      [["RUN", "CGO_ENABLED=0 GOOS=linux go build -a -installsuffix cgo -o app ."]]),
    DockerShape(
      "RUN mvn -B -DskipTests package && cp target/*.jar /opt/app.jar",
      [["RUN", "mvn -B -DskipTests package && cp target/*.jar /opt/app.jar"]]),
    DockerShape(
      "RUN ./configure --prefix=/usr/local --with-ssl && make -j$(nproc) && make install && ldconfig",
      [["RUN", "./configure --prefix=/usr/local --with-ssl && make -j$(nproc) && make install && ldconfig"]]),
    DockerShape(
      "RUN cmake -S . -B build -DCMAKE_BUILD_TYPE=Release && cmake --build build --parallel 4",
      [["RUN", "cmake -S . -B build -DCMAKE_BUILD_TYPE=Release && cmake --build build --parallel 4"]]),
    DockerShape(
      "RUN git clone --depth 1 --branch v1.4.2 https://example.com/app.git /opt/app",
      [["RUN", "git clone --depth 1 --branch v1.4.2 https://example.com/app.git /opt/app"]]),
    DockerShape(
      "RUN git config --global url.\"https://\".insteadOf git://",
      [["RUN", "git config --global url.\"https://\".insteadOf git://"]]),
    DockerShape("RUN mkdir -p /opt/app/{bin,conf,logs}", [["RUN", "mkdir -p /opt/app/{bin,conf,logs}"]]),
    DockerShape(
      "RUN mkdir -p \"/opt/my app\" && chown -R app:app \"/opt/my app\"",
      [["RUN", "mkdir -p \"/opt/my app\" && chown -R app:app \"/opt/my app\""]]),
    DockerShape(
      "RUN chmod 0440 /etc/sudoers.d/* && visudo -c", [["RUN", "chmod 0440 /etc/sudoers.d/* && visudo -c"]]),
    DockerShape(
      "RUN chown -R 1000:1000 /data && find /data -type d -exec chmod 755 {} \\; && find /data -type f -exec chmod 644 {} +",
      [
        [
          "RUN",
          "chown -R 1000:1000 /data && find /data -type d -exec chmod 755 {} \\; && find /data -type f -exec chmod 644 {} +",
        ]
      ]),
    DockerShape("RUN find / -xdev -name '*.pyc' -delete", [["RUN", "find / -xdev -name '*.pyc' -delete"]]),
    DockerShape(
      "RUN find / -name \"*.log\" -print0 | xargs -0 rm -f",
      [["RUN", "find / -name \"*.log\" -print0 | xargs -0 rm -f"]]),
    DockerShape(
      "RUN rm -rf /tmp/* /var/tmp/* /root/.cache \"/var/cache/yum\"",
      [["RUN", "rm -rf /tmp/* /var/tmp/* /root/.cache \"/var/cache/yum\""]]),
    DockerShape(
      "RUN ln -sf /dev/stdout /var/log/nginx/access.log && ln -sf /dev/stderr /var/log/nginx/error.log",
      [
        [
          "RUN",
          "ln -sf /dev/stdout /var/log/nginx/access.log && ln -sf /dev/stderr /var/log/nginx/error.log",
        ]
      ]),
    DockerShape(
      "RUN test -x /usr/bin/curl || yum install -y curl",
      [["RUN", "test -x /usr/bin/curl || yum install -y curl"]]),
    DockerShape("RUN [ -d /data ] || mkdir /data", [["RUN", "[ -d /data ] || mkdir /data"]]),
    DockerShape("RUN [ \"$(id -u)\" -eq 0 ]", [["RUN", "[ \"$(id -u)\" -eq 0 ]"]]),
    DockerShape(
      "RUN [[ $HOSTNAME =~ ^web[0-9]+$ ]] && echo web",
      [["RUN", "[[ $HOSTNAME =~ ^web[0-9]+$ ]] && echo web"]]),
    DockerShape("RUN ! grep -q nosuch /etc/passwd", [["RUN", "! grep -q nosuch /etc/passwd"]]),
    DockerShape(
      "RUN (cd /opt && tar xzf app.tgz) && rm /opt/app.tgz",
      [["RUN", "(cd /opt && tar xzf app.tgz) && rm /opt/app.tgz"]]),
    DockerShape("RUN { echo a; echo b; } > /etc/ab.conf", [["RUN", "{ echo a; echo b; } > /etc/ab.conf"]]),
    DockerShape(
      "RUN { \\\n\t\techo '[mysqld]'; \\\n\t\techo 'skip-host-cache'; \\\n\t\techo 'skip-name-resolve'; \\\n\t} > /etc/mysql/conf.d/docker.cnf",
      [
        [
          "RUN",
          "{ \t\techo '[mysqld]'; \t\techo 'skip-host-cache'; \t\techo 'skip-name-resolve'; \t} > /etc/mysql/conf.d/docker.cnf",
        ]
      ]),
    DockerShape(
      "RUN awk -F: '$3 >= 1000 {print $1}' /etc/passwd",
      [["RUN", "awk -F: '$3 >= 1000 {print $1}' /etc/passwd"]]),
    DockerShape(
      "RUN awk 'BEGIN { while (\"date\" | getline d) print d }'",
      [["RUN", "awk 'BEGIN { while (\"date\" | getline d) print d }'"]]),
    DockerShape(
      "RUN perl -pi -e 's/\\bfoo\\b/bar/g' /etc/app.conf",
      [["RUN", "perl -pi -e 's/\\bfoo\\b/bar/g' /etc/app.conf"]]),
    DockerShape(
      "RUN grep -v '^#' /etc/app.conf | grep -v '^$' > /tmp/x; mv /tmp/x /etc/app.conf",
      [["RUN", "grep -v '^#' /etc/app.conf | grep -v '^$' > /tmp/x; mv /tmp/x /etc/app.conf"]]),
    DockerShape("RUN sh -c 'echo \"$0 $1\"' a b", [["RUN", "sh -c 'echo \"$0 $1\"' a b"]]),
    DockerShape(
      "RUN bash -lc \"nvm install 18 && nvm use 18\"", [["RUN", "bash -lc \"nvm install 18 && nvm use 18\""]]),
    DockerShape(
      "RUN /bin/bash -c 'set -o pipefail && curl -fsSL https://example.com/i.sh | bash -s -- --yes'",
      [["RUN", "/bin/bash -c 'set -o pipefail && curl -fsSL https://example.com/i.sh | bash -s -- --yes'"]]),
    DockerShape("RUN source /etc/profile && env", [["RUN", "source /etc/profile && env"]]),
    DockerShape(
      "RUN export A=1 B=\"two words\" && echo $A $B", [["RUN", "export A=1 B=\"two words\" && echo $A $B"]]),
    DockerShape("RUN A=1 B='x y' ./run.sh --flag=\"a b\"", [["RUN", "A=1 B='x y' ./run.sh --flag=\"a b\""]]),
    DockerShape(
      "RUN echo ${HOME:-/root} ${#PATH} ${VERSION%%.*} ${NAME//-/_}",
      [["RUN", "echo ${HOME:-/root} ${#PATH} ${VERSION%%.*} ${NAME//-/_}"]]),
    DockerShape(
      "RUN echo $((1 + 2)) `date +%s` $(date +%F)", [["RUN", "echo $((1 + 2)) `date +%s` $(date +%F)"]]),
    DockerShape(
      "RUN echo \"it's\" 'say \"hi\"' it\\'s \\\"quoted\\\"",
      [["RUN", "echo \"it's\" 'say \"hi\"' it\\'s \\\"quoted\\\""]]),
    DockerShape("RUN echo a\\ b\\ c", [["RUN", "echo a\\ b\\ c"]]),
    DockerShape(
      "RUN echo \"tab\tinside\"   and    many   blanks",
      [["RUN", "echo \"tab\tinside\"   and    many   blanks"]]),
    DockerShape("RUN echo a;echo b;  echo c", [["RUN", "echo a;echo b;  echo c"]]),
    DockerShape(
      "RUN echo \"#not a comment\" # a comment of the shell",
      [["RUN", "echo \"#not a comment\" # a comment of the shell"]]),
    DockerShape("RUN echo '#' && \\\n# a comment between\necho after", [["RUN", "echo '#' && echo after"]]),
    DockerShape("RUN echo one && \\\n\necho two", [["RUN", "echo one && echo two"]]),
    DockerShape(
      "RUN echo one \\\n# first comment\n# second comment\n\n   && echo two",
      [["RUN", "echo one    && echo two"]]),
    DockerShape("RUN echo \"continued \\\nin quotes\"", [["RUN", "echo \"continued in quotes\""]]),
    DockerShape("RUN echo back\\\\slash", [["RUN", "echo back\\\\slash"]]),
    DockerShape("RUN echo ends with two \\\\", [["RUN", "echo ends with two \\\\"]]),
    DockerShape(
      "RUN echo \"trailing blanks after backslash\" \\   \n  && echo still the same",
      [["RUN", "echo \"trailing blanks after backslash\"   && echo still the same"]]),
    DockerShape("RUN echo very \\\n \\\n \\\n spread", [["RUN", "echo very    spread"]]),
    DockerShape(
      "RUN cat /proc/cpuinfo | grep -c ^processor", [["RUN", "cat /proc/cpuinfo | grep -c ^processor"]]),
    DockerShape(
      "RUN dd if=/dev/zero of=/swapfile bs=1M count=1024 && chmod 600 /swapfile && mkswap /swapfile && echo '/swapfile none swap sw 0 0' >> /etc/fstab",
      [
        [
          "RUN",
          "dd if=/dev/zero of=/swapfile bs=1M count=1024 && chmod 600 /swapfile && mkswap /swapfile && echo '/swapfile none swap sw 0 0' >> /etc/fstab",
        ]
      ]),
    DockerShape(
      "RUN openssl req -x509 -nodes -days 365 -newkey rsa:2048 -subj \"/C=CN/ST=Zhejiang/L=Hangzhou/O=Example/CN=example.com\" -keyout /etc/ssl/k.pem -out /etc/ssl/c.pem",
      [
        [
          "RUN",
          "openssl req -x509 -nodes -days 365 -newkey rsa:2048 -subj \"/C=CN/ST=Zhejiang/L=Hangzhou/O=Example/CN=example.com\" -keyout /etc/ssl/k.pem -out /etc/ssl/c.pem",
        ]
      ]),
    DockerShape(
      "RUN ssh-keygen -A && ssh-keygen -t ed25519 -N '' -f /root/.ssh/id",
      [["RUN", "ssh-keygen -A && ssh-keygen -t ed25519 -N '' -f /root/.ssh/id"]]),
    DockerShape(
      "RUN localedef -i en_US -f UTF-8 en_US.UTF-8 || true",
      [["RUN", "localedef -i en_US -f UTF-8 en_US.UTF-8 || true"]]),
    DockerShape(
      "RUN timedatectl set-timezone Asia/Shanghai", [["RUN", "timedatectl set-timezone Asia/Shanghai"]]),
    DockerShape(
      "RUN hostnamectl set-hostname web-01.example.com",
      [["RUN", "hostnamectl set-hostname web-01.example.com"]]),
    DockerShape(
      "RUN crontab -l 2>/dev/null | { cat; echo \"0 3 * * * /usr/bin/backup >/dev/null 2>&1\"; } | crontab -",
      [
        [
          "RUN",
          "crontab -l 2>/dev/null | { cat; echo \"0 3 * * * /usr/bin/backup >/dev/null 2>&1\"; } | crontab -",
        ]
      ]),
    DockerShape(
      "RUN tee /etc/docker/daemon.json <<< '{\"registry-mirrors\": [\"https://mirror.example.com\"]}'",
      [["RUN", "tee /etc/docker/daemon.json <<< '{\"registry-mirrors\": [\"https://mirror.example.com\"]}'"]]),
    DockerShape(
      "RUN echo '{\"log-driver\": \"json-file\", \"log-opts\": {\"max-size\": \"10m\"}}' > /etc/docker/daemon.json",
      [
        [
          "RUN",
          "echo '{\"log-driver\": \"json-file\", \"log-opts\": {\"max-size\": \"10m\"}}' > /etc/docker/daemon.json",
        ]
      ]),
    DockerShape(
      "RUN jq '.a[\"b\"] |= \"c\"' in.json > out.json",
      [["RUN", "jq '.a[\"b\"] |= \"c\"' in.json > out.json"]]),
    DockerShape("RUN echo 你好，世界 > /etc/motd", [["RUN", "echo 你好，世界 > /etc/motd"]]),
    DockerShape("RUN echo \"emoji 🧱 inside\"", [["RUN", "echo \"emoji 🧱 inside\""]]),
    DockerShape("RUN echo \"é and ü\" && echo ñ", [["RUN", "echo \"é and ü\" && echo ñ"]]),
    DockerShape(
      "RUN command -v docker >/dev/null 2>&1 || { echo >&2 \"no docker\"; exit 1; }",
      [["RUN", "command -v docker >/dev/null 2>&1 || { echo >&2 \"no docker\"; exit 1; }"]]),
    DockerShape(
      "RUN docker ps --format '{{.Names}}\\t{{.Status}}'",
      [["RUN", "docker ps --format '{{.Names}}\\t{{.Status}}'"]]),
    DockerShape("RUN helm template . --set 'a.b={c,d}'", [["RUN", "helm template . --set 'a.b={c,d}'"]]),
    DockerShape(
      "RUN test \"a\" = \"a\" && echo \"yes\" || echo \"no\"",
      [["RUN", "test \"a\" = \"a\" && echo \"yes\" || echo \"no\""]]),
    DockerShape("RUN echo a=b c=\"d\" 'e=f'", [["RUN", "echo a=b c=\"d\" 'e=f'"]]),
    DockerShape(
      "RUN java -XX:+UseG1GC -Xms512m -Dfoo=\"bar baz\" -jar app.jar &",
      [["RUN", "java -XX:+UseG1GC -Xms512m -Dfoo=\"bar baz\" -jar app.jar &"]]),
    DockerShape(
      "RUN nohup ./server > /var/log/server.log 2>&1 &",
      [["RUN", "nohup ./server > /var/log/server.log 2>&1 &"]]),
    DockerShape("RUN time make", [["RUN", "time make"]]),
    DockerShape("RUN exec true", [["RUN", "exec true"]]),
    DockerShape("RUN true", [["RUN", "true"]]),
    DockerShape("RUN :", [["RUN", ":"]]),
    DockerShape("RUN echo -n", [["RUN", "echo -n"]]),
    DockerShape("RUN cp -a /src/. /dst/", [["RUN", "cp -a /src/. /dst/"]]),
    DockerShape(
      "RUN tar --exclude='*.git' --exclude \"node_modules\" -czf - . | ssh host 'cat > /b.tgz'",
      [["RUN", "tar --exclude='*.git' --exclude \"node_modules\" -czf - . | ssh host 'cat > /b.tgz'"]]),
    DockerShape(
      "RUN update-alternatives --install /usr/bin/python python /usr/bin/python3 1",
      [["RUN", "update-alternatives --install /usr/bin/python python /usr/bin/python3 1"]]),
    DockerShape(
      "RUN setenforce 0 || true; sed -i 's/SELINUX=enforcing/SELINUX=disabled/' /etc/selinux/config",
      [["RUN", "setenforce 0 || true; sed -i 's/SELINUX=enforcing/SELINUX=disabled/' /etc/selinux/config"]]),
    DockerShape(
      "RUN firewall-cmd --permanent --add-port=80/tcp --add-port=443/tcp && firewall-cmd --reload",
      [["RUN", "firewall-cmd --permanent --add-port=80/tcp --add-port=443/tcp && firewall-cmd --reload"]]),
    DockerShape(
      "RUN iptables -A INPUT -p tcp --dport 22 -m state --state NEW,ESTABLISHED -j ACCEPT",
      [["RUN", "iptables -A INPUT -p tcp --dport 22 -m state --state NEW,ESTABLISHED -j ACCEPT"]]),
    DockerShape(
      "RUN aliyun configure set --region cn-hangzhou --mode EcsRamRole",
      [["RUN", "aliyun configure set --region cn-hangzhou --mode EcsRamRole"]]),
    DockerShape(
      "RUN cloud-init clean --logs && rm -rf /var/lib/cloud/instances/*",
      [["RUN", "cloud-init clean --logs && rm -rf /var/lib/cloud/instances/*"]]),
    DockerShape("RUN echo \"$(cat <(echo a) <(echo b))\"", [["RUN", "echo \"$(cat <(echo a) <(echo b))\""]]),
    DockerShape(
      "RUN x=$(printf '%s' \"a\\\"b\"); echo \"$x\"", [["RUN", "x=$(printf '%s' \"a\\\"b\"); echo \"$x\""]]),
    DockerShape("RUN eval \"$(ssh-agent -s)\"", [["RUN", "eval \"$(ssh-agent -s)\""]]),
    DockerShape(
      "RUN trap 'rm -f /tmp/lock' EXIT; touch /tmp/lock",
      [["RUN", "trap 'rm -f /tmp/lock' EXIT; touch /tmp/lock"]]),
    DockerShape(
      "RUN ulimit -n 65535; echo '* soft nofile 65535' >> /etc/security/limits.conf",
      [["RUN", "ulimit -n 65535; echo '* soft nofile 65535' >> /etc/security/limits.conf"]]),
    DockerShape(
      "RUN rpm -q --qf '%{VERSION}-%{RELEASE}\\n' kernel",
      [["RUN", "rpm -q --qf '%{VERSION}-%{RELEASE}\\n' kernel"]]),
    DockerShape(
      "RUN lsblk -o NAME,SIZE,FSTYPE,MOUNTPOINT | head -n 5",
      [["RUN", "lsblk -o NAME,SIZE,FSTYPE,MOUNTPOINT | head -n 5"]]),
    DockerShape(
      "RUN mount -t tmpfs -o size=64m tmpfs /mnt && umount /mnt",
      [["RUN", "mount -t tmpfs -o size=64m tmpfs /mnt && umount /mnt"]]),
    DockerShape(
      "RUN install -D -m 0644 /dev/null /etc/app/app.conf",
      [["RUN", "install -D -m 0644 /dev/null /etc/app/app.conf"]]),
    DockerShape(
      "RUN sed -e \"s/%PORT%/${PORT}/\" -e \"s#%ROOT%#${ROOT}#\" < in > out",
      [["RUN", "sed -e \"s/%PORT%/${PORT}/\" -e \"s#%ROOT%#${ROOT}#\" < in > out"]]),
    DockerShape("RUN echo a > b 2>&1 < c >> d", [["RUN", "echo a > b 2>&1 < c >> d"]]),
    DockerShape("RUN echo \\$HOME \\`date\\` \\\\", [["RUN", "echo \\$HOME \\`date\\` \\\\"]]),
    DockerShape("RUN echo \"a\\\\b\" 'c\\d' e\\\\f", [["RUN", "echo \"a\\\\b\" 'c\\d' e\\\\f"]]),
    DockerShape("RUN echo \"ends in quote\\\"\"", [["RUN", "echo \"ends in quote\\\"\""]]),
    DockerShape("RUN echo 'single'\"double\"plain$var", [["RUN", "echo 'single'\"double\"plain$var"]]),
    DockerShape("RUN echo !important !! !$", [["RUN", "echo !important !! !$"]]),
    DockerShape("RUN echo %PATH% ^caret ~tilde @at", [["RUN", "echo %PATH% ^caret ~tilde @at"]]),
    DockerShape("RUN echo a | b |& c || d && e ; f & g", [["RUN", "echo a | b |& c || d && e ; f & g"]]),
    DockerShape("RUN test -n \"${A+x}\" -a -z \"${B-}\"", [["RUN", "test -n \"${A+x}\" -a -z \"${B-}\""]]),
    DockerShape("RUN echo * ? [a-z] {1..3}", [["RUN", "echo * ? [a-z] {1..3}"]]),
    DockerShape("RUN echo \"multi   blanks   kept\"", [["RUN", "echo \"multi   blanks   kept\""]]),
    DockerShape("RUN echo tab\tseparated\twords", [["RUN", "echo tab\tseparated\twords"]]),
    DockerShape("RUN echo a,b;c:d|e", [["RUN", "echo a,b;c:d|e"]]),
    DockerShape("RUN   blanks-before", [["RUN", "blanks-before"]]),
    DockerShape("RUN a\\\nb", [["RUN", "ab"]]),
    DockerShape("RUN a\\\n b", [["RUN", "a b"]]),
    DockerShape("RUN a \\ \n b", [["RUN", "a  b"]]),
    DockerShape("RUN a \\\t\n b", [["RUN", "a  b"]]),
    DockerShape("RUN a \\\n\\\n b", [["RUN", "a  b"]]),
    DockerShape("RUN \\\n a", [["RUN", "a"]]),
  ]
}
