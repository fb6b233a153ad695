// SPDX-License-Identifier: Apache-2.0

import Resources
import Testing

/// What people write in scripts and contents, and whether a rule finds it.
///
/// The examples of the rules explain them; these hold them to what is found in the wild, and to what looks like it.
struct WildText: Sendable, CustomTestStringConvertible {
  /// How the text becomes a content.
  enum Form: Sendable { case shell, powerShell, dockerfile, offlineBuild }

  let rule: String
  let text: String
  let isFound: Bool
  let form: Form

  var testDescription: String { "\(isFound ? "finds" : "spares") \(text.debugDescription) (\(rule))" }

  static func of(_ rule: String, _ form: Form, finds: [String], spares: [String]) -> [WildText] {
    finds.map { WildText(rule: rule, text: $0, isFound: true, form: form) }
      + spares.map { WildText(rule: rule, text: $0, isFound: false, form: form) }
  }
}

extension WildText {
  static let all: [WildText] =
    installs + terminals + reboots + downloads + unpinned + piped + users + windows + secrets + queries

  private static let installs: [WildText] =
    of(
      "install-without-yes", .shell,
      finds: [
        "yum install nginx", "apt-get update && apt-get install nginx",
        "DEBIAN_FRONTEND=noninteractive apt-get install nginx", "sudo -E dnf install podman",
        "for p in a b; do yum install $p; done", "if ! rpm -q x; then yum install x; fi",
        "apt install \\\n  curl \\\n  git", "yum groupinstall 'Development Tools'",
        "yum localinstall a.rpm", "dnf module install nodejs:18", "dnf module enable nodejs:18",
        "apt-get -o Dpkg::Options::=--force-confold upgrade", "sudo -u root yum install a",
        "timeout 300 yum install nginx", "yum check-update || true\nyum upgrade", "zypper install nginx",
        "zypper refresh && zypper up", "(yum install a)", "x() { yum install a; }", "conda install numpy",
        "pip uninstall requests", "flock /var/lock/x yum install a",
      ],
      spares: [
        "yum install -y nginx", "yum -y install nginx", "yum install nginx -y", "yum -yq install nginx",
        "dnf -qy install a", "apt-get install -y --no-install-recommends curl", "apt-get -y -qq install a",
        "apt-get -y=true install a", "echo y | yum install a", "yes | apt-get install a",
        "yes|yum install a", "yum install --assumeyes a", "apt-get update", "apt-get clean",
        "yum makecache", "dnf config-manager --add-repo x", "yum-config-manager --enable x",
        "apt-cache policy install", "echo 'yum install nginx'",
        "cat <<EOF > /usr/local/bin/x\nyum install nginx\nEOF", "# yum install nginx",
        "yum list installed | grep nginx", "yum search install", "apt-get download nginx", "yum history",
        "apt-get install --dry-run a", "apt-get -s upgrade", "apt-get install --assume-yes a",
        "rpm -i a.rpm", "pip install a", "npm install", "gem install a",
        "zypper --non-interactive install a", "zypper -n install a", "zypper install -y a",
        "zypper --no-gpg-checks -n in a", "apt-mark hold nginx", "dnf module list",
        "dnf install -y a && dnf clean all", "yum info update", "snap install core",
        "grep 'apt-get install' /etc/x", "alias i='yum install'", "apt-get check",
        #"printf 'y\n' | yum install a"#, "yum install a <<< y", "microdnf install a",
        "pip uninstall -y requests", "pacman -S --noconfirm nginx", "apt-get changelog install",
        "which apt-get install", "apk add nginx", "apk add nginx", "tdnf install -y a",
        "yum versionlock add a",
      ])

  private static let terminals: [WildText] =
    of(
      "interactive-command", .shell,
      finds: [
        "vi /etc/hosts", "nano a", "passwd", "passwd deploy", "mysql_secure_installation",
        "tail -f /var/log/x", "tail -F /var/log/x", "tail -n 10 -f x", "journalctl -f -u nginx", "top",
        "htop", "watch ls", "crontab -e", "visudo", "read -p 'Continue? ' x", "systemctl edit nginx",
        "ssh-keygen", "mysql -u root -p", "fdisk /dev/vdb", "sudo su -", "dialog --msgbox a", "vigr",
        "kubectl edit x", "ping 10.0.0.1",
      ],
      spares: [
        "sed -i s/a/b/ /etc/hosts", "vim -es -c wq a", "vim --version", "passwd -l root",
        "echo x | passwd --stdin root", "echo root:x | chpasswd", "tail -n 5 x", "tail -20 x",
        "journalctl -u nginx --no-pager", "top -b -n 1", "top -bn1", "yum install -y nano", "which vim",
        "command -v less", "crontab -l", "crontab /tmp/x", "echo '* * * * * x' | crontab -", "visudo -c",
        "visudo -cf /etc/sudoers.d/x", "cat a | while read l; do echo $l; done",
        "while read -r l; do echo; done < f", "read -r VERSION < /etc/version", "IFS=: read a b <<< x",
        "DEBIAN_FRONTEND=noninteractive dpkg-reconfigure -f noninteractive tzdata", "ssh-keygen -A",
        "ssh-keygen -t ed25519 -N '' -f /etc/a", "mysql -u root -e 'select 1'", "mysql < init.sql",
        "fdisk -l", "parted -s /dev/vdb mklabel gpt", #"echo -e 'n\np' | fdisk /dev/vdb"#,
        "timeout 5 tail -f x", "su - deploy -c ls", "adduser --disabled-password --gecos '' deploy",
        "useradd deploy", "git commit -m x", "ping -c 3 a", "rm -f /etc/nano",
        "alternatives --set editor /usr/bin/vim", "EDITOR=vim crontab -l",
        "ln -s /usr/bin/vim /usr/bin/vi", "update-alternatives --set vi /usr/bin/vim.basic",
        "journalctl --vacuum-size=1M", "tail -c +10 f", "mysql -u root --password=$PW -e x", "less -V",
        "tail -f x &", "bash -c 'ls'", "watch --version", "tail --lines=3 foo-f",
        "echo 'y' | mysql_secure_installation", "mysql_secure_installation --use-default",
        "mysql_secure_installation <<EOF\ny\nEOF", "vi -c wq <<EOF\nEOF",
        "python manage.py createsuperuser --noinput", "passwd -S root", "passwd --lock root",
        "chage -d 0 root", "echo x | su -",
      ])

  private static let reboots: [WildText] =
    of(
      "reboot-in-script", .shell,
      finds: [
        "reboot", "sudo reboot", "shutdown -r now", "shutdown -h now", "/sbin/reboot", "systemctl reboot",
        "systemctl poweroff", "init 6", "halt", "poweroff", "shutdown -r +1",
        "sudo systemctl --force reboot", "sleep 5; reboot", "[ -f /run/reboot ] && reboot", "reboot -f",
        "systemctl start reboot.target", "nohup reboot &", "systemctl isolate reboot.target",
        "needs-restarting -r || reboot", "kexec -e", "telinit 6", "(sleep 5; reboot) &", "sync && reboot",
      ],
      spares: [
        "systemctl restart nginx", "echo reboot", "touch /var/run/reboot-required", "shutdown -c",
        "grep reboot /x", "systemctl mask reboot.target", "systemctl disable reboot.target",
        "ls /sbin/reboot", "chmod 700 /sbin/shutdown", "echo '@reboot x' | crontab -",
        "cat > /etc/cron.d/x <<EOF\n@reboot root reboot\nEOF", "last reboot", "init 3",
        "sysctl kernel.panic=10", "alias reboot='echo no'", "ln -s /sbin/reboot /x", "which reboot",
        "reboot --help", "systemctl status reboot.target", "systemctl daemon-reload", "nginx -s reload",
        "trap 'echo halt' EXIT", "./reboot.txt-reader", "docker restart x", "halt --help",
        "systemctl enable --now nginx", "kexec -l /boot/x", "service x stop",
        "systemctl list-units poweroff.target", "rm -f /etc/init/halt.conf", "type halt",
      ])
    + of(
      "reboot-in-script", .powerShell,
      finds: [
        "Restart-Computer", "Restart-Computer -Force", "shutdown /r /t 0", "shutdown.exe /r",
        "Stop-Computer",
      ],
      spares: [
        "Restart-Service W3SVC", "# Restart-Computer", "Write-Host 'Restart-Computer'", "shutdown /a",
        "Install-WindowsFeature X -Restart:$false", "Get-Help Restart-Computer",
      ])

  private static let downloads: [WildText] =
    of(
      "download-without-internet", .offlineBuild,
      finds: [
        "COPY https://e.com/a.tgz /opt", "RUN curl -fsSLO https://e.com/a.tgz",
        "RUN wget https://e.com/a.tgz", "RUN git clone https://github.com/a/b.git",
        "RUN git clone git@github.com:a/b.git", "RUN wget -q -O- http://e.com | tar xz",
        "RUN X=$(curl -s https://e.com/v)", "RUN pip install https://e.com/a.whl",
        "RUN rpm -ivh https://e.com/a.rpm", "RUN yum install -y https://e.com/a.rpm",
        #"RUN curl -f "https://e.com/$V/a.tgz""#, "RUN sudo wget --quiet https://e.com/a",
        "RUN curl -sSL 'https://e.com/a' -o /x",
        "RUN cd /opt && git clone --depth 1 --branch v1 https://e.com/a.git b",
        "RUN rpm --import https://e.com/key",
        "RUN yum-config-manager --add-repo https://download.docker.com/x.repo", "RUN curl ftp://e.com/a",
      ],
      spares: [
        "COPY /tmp/a /opt", "RUN echo https://e.com",
        #"RUN git config --global url."https://a".insteadOf git://a"#, "RUN curl http://localhost/",
        "RUN curl http://127.0.0.1:8080/health", "RUN wget http://mirrors.cloud.aliyuncs.com/a",
        "RUN wget http://mirrors.aliyuncs.com/a", "RUN yum install -y nginx",
        "RUN curl http://100.100.100.200/latest/meta-data/", "RUN curl http://10.1.2.3/a",
        "RUN curl http://172.16.3.4/a", "RUN curl http://192.168.1.1/", "RUN curl --version",
        "RUN git remote add origin https://e.com/a.git",
        "RUN git config remote.origin.url https://e.com/a.git", "RUN sed -i s#https://a#https://b# /x",
        #"RUN printf '[r]\nbaseurl=https://e.com' > /etc/yum.repos.d/a.repo"#, "RUN curl http://[::1]/",
        "RUN curl --unix-socket /var/run/docker.sock http://localhost/info",
        "RUN curl -H 'Referer: https://e.com' http://localhost/",
        "RUN git -C /opt/x remote set-url origin https://e.com", "RUN curl http://myhost.internal/",
        "RUN curl http://vpc.oss-cn-hangzhou-internal.aliyuncs.com/a",
        "RUN curl -x http://proxy.local:3128 https://e.com", "RUN curl http://0.0.0.0:80",
        #"RUN curl "http://$HOST/""#, "RUN which curl wget", "RUN echo 'curl https://e.com' > x.sh",
        "RUN curl http://169.254.169.254/", "RUN curl http://ip6-localhost/",
      ])

  private static let unpinned: [WildText] =
    of(
      "unpinned-download", .dockerfile,
      finds: [
        "COPY https://e.com/latest/a.tgz /opt",
        "RUN curl -LO https://github.com/a/b/releases/latest/download/b.tgz",
        "RUN wget https://raw.githubusercontent.com/a/b/master/i.sh",
        "RUN wget https://raw.githubusercontent.com/a/b/main/i.sh",
        "RUN curl -L https://e.com/x_latest_amd64.deb -o x",
        "RUN wget https://github.com/a/b/archive/refs/heads/main.tar.gz",
        "RUN wget https://github.com/a/b/archive/master.zip", "RUN wget https://e.com/LATEST.zip",
        "RUN docker pull nginx:latest", "RUN curl https://e.com/latest.tgz | tar xz",
      ],
      spares: [
        "COPY https://e.com/a-1.0.tgz /opt", "RUN curl -fLO https://e.com/v1.2.3/main/a.tgz",
        "RUN curl -O https://archive.ubuntu.com/ubuntu/pool/main/c/curl_7.8_amd64.deb",
        "RUN wget https://nginx.org/packages/mainline/a-1.27.rpm", "RUN wget https://dl.k8s.io/v1.30/a",
        "RUN curl http://100.100.100.200/latest/meta-data/", "RUN curl https://e.com/translatest/a-1.tgz",
        "RUN wget https://repo.mysql.com/apt/ubuntu/dists/jammy/main/a",
        "RUN git clone -b v1 https://e.com/main.git", "RUN wget https://e.com/1.2.3/HEAD-less.tgz",
        "RUN wget https://dl-cdn.alpinelinux.org/alpine/v3.20/main/x86_64/a.apk",
        "RUN curl -fsSL https://deb.nodesource.com/setup_20.x -o s.sh",
        "RUN wget https://github.com/a/latest-tool/releases/download/v1.0/a.tgz",
        "RUN wget http://mirrors.cloud.aliyuncs.com/epel/epel-release-latest-7.noarch.rpm",
        "RUN echo latest",
      ])

  private static let piped: [WildText] =
    of(
      "pipe-to-shell", .shell,
      finds: [
        "curl -fsSL https://e.com/i.sh | sh", "curl https://e.com/i.sh | bash -s -- --yes",
        "wget -qO- https://e.com/i.sh | sudo -E bash -", "bash <(curl -s https://e.com/i)",
        #"sh -c "$(curl -fsSL https://e.com/i)""#, #"eval "$(curl -s https://e.com/i)""#,
        "source <(curl -s https://e.com)", "curl -sSf https://sh.rustup.rs | sh -s -- -y",
        "curl https://e.com | tee i.sh | sh", "curl https://e.com/x.gz | gunzip | sh",
        "curl -sSL https://install.python-poetry.org | python3 -",
        "curl -s https://e.com | sudo -u a bash", "wget -O - https://e.com | /bin/bash",
        "curl -o i.sh https://e.com/i.sh && sh i.sh",
        "curl -fsSLO https://e.com/i.sh; chmod +x i.sh; ./i.sh", "wget https://e.com/i.sh && bash i.sh",
        #"bash -c "$(wget -qO- https://e.com)""#, "curl -s https://e.com | env X=1 bash",
        "curl https://e.com | \\\n  bash",
      ],
      spares: [
        "curl https://e.com/a.json | python3 -m json.tool", "curl https://e.com | jq .",
        "curl -s https://e.com/a | python3 -c 'import sys'", "echo ls | sh", "cat i.sh | sh",
        "curl https://e.com/k.asc | gpg --dearmor", "curl https://e.com/k | apt-key add -",
        "curl https://e.com/a.tgz | tar xz",
        "curl -o i.sh https://e.com/i.sh && echo 'x i.sh' | sha256sum -c && sh i.sh",
        "curl -o i.sh https://e.com/i.sh && gpg --verify i.sig i.sh && sh i.sh",
        "curl http://localhost/ | sh", "curl https://e.com/a | grep bash",
        "V=$(curl -s https://e.com/v) && bash x.sh", "bash -n i.sh",
        "curl https://e.com/a | perl -ne 'print'", "curl https://e.com/a | perl -pe 's/a/b/'",
        "curl https://e.com/a | ruby -rjson -e 'puts 1'", "curl https://e.com/a | node -e 'x'",
        "curl https://e.com | sudo tee /x", "helm repo update; bash a.sh",
        "curl http://100.100.100.200/latest/user-data | bash",
        "source /etc/profile; curl https://e.com -o a", "bash x.sh $(curl -s https://e.com/version)",
      ])

  private static let users: [WildText] =
    of(
      "user-not-created", .dockerfile,
      finds: [
        "USER deploy", "RUN echo a\nUSER app", "RUN useradd app\nUSER other", "USER www-data2",
        "RUN id deploy\nUSER deploy", "USER 'deploy'", "RUN grep useradd /x\nUSER deploy",
        "USER deploy\nRUN useradd deploy", "RUN userdel deploy\nUSER deploy",
        "RUN groupadd deploy\nUSER deploy",
      ],
      spares: [
        "RUN useradd -m deploy\nUSER deploy", "RUN adduser --disabled-password deploy\nUSER deploy",
        "RUN groupadd g && useradd -r -g g -s /sbin/nologin app\nUSER app", "USER root", "USER 0",
        "USER 1000", "RUN id -u deploy || useradd deploy\nUSER deploy",
        "RUN getent passwd deploy || sudo useradd deploy\nUSER deploy",
        "RUN yum install -y nginx\nUSER nginx", "USER $APP",
        "RUN echo 'deploy:x:1000:1000::/home/deploy:/bin/sh' >> /etc/passwd\nUSER deploy",
        "RUN newusers /x\nUSER deploy", "RUN rpm -i /x.rpm\nUSER jenkins",
        "RUN sh /opt/create-users.sh\nUSER deploy", "RUN useradd \\\n  -m deploy\nUSER deploy",
        "RUN addgroup app && adduser -S app -G app\nUSER app", "RUN APP=deploy; useradd $APP\nUSER deploy",
        "RUN for u in a deploy; do useradd $u; done\nUSER deploy", "RUN dpkg -i a.deb\nUSER x",
        "USER ecs-user", "RUN ansible-playbook a.yml\nUSER deploy",
        "RUN cp /tmp/passwd /etc/passwd\nUSER deploy", "RUN apk add nginx\nUSER nginx", "USER nobody",
        "USER www-data", "RUN usermod -l deploy ecs-user\nUSER deploy",
        "RUN systemd-sysusers\nUSER deploy", "RUN bash -c 'useradd deploy'\nUSER deploy",
        "RUN curl -fsSL https://get.docker.com -o a.sh && sh a.sh\nUSER docker",
      ])

  private static let windows: [WildText] =
    of(
      "windows-command", .shell,
      finds: [
        "powershell -Command ls", "Install-WindowsFeature Web-Server", "choco install git",
        "net user a b /add", #"copy C:\a D:\b"#, "Set-ExecutionPolicy Bypass", #"dir C:\Windows"#,
        #"del /q C:\temp\x"#, #"New-Item -ItemType Directory C:\x"#, "msiexec /i a.msi",
        "Invoke-WebRequest https://e.com -OutFile a", "Write-Host hello", "cmd /c dir", #"reg add HKLM\a"#,
        #"md C:\x"#, "echo %PATH%", "$env:PATH", "rd /s /q x", "@echo off", "xcopy a b",
      ],
      spares: [
        "pwsh -c ls", "net-snmp-config -v", "net ads join", "samba-tool user add", "./Install-Thing.sh",
        "Xvfb :1", "dir /opt", "copy a b", #"echo 'C:\Windows'"#, #"printf '%s' "C:\\x""#,
        "perl -MList::Util=a", "docker run -v C:/x:/y a", "date +%Y", "sc -v", "del-user x", "echo C:",
        "Rscript -e 'x'", "Get-started.sh", "reg-tool a", "start nginx", "type ls", "more a",
        "type -p Get-Item", "which cmd", "apt-get -y install wine cmd", #"grep -F 'C:\\' f"#,
        "winetricks dotnet", #"echo "HKLM\Software""#, "set -e", "mingw32-gcc -o a.exe a.c",
        #"scp host:C:\a b"#, "Net::SSH", #"sed 's/C:\\/x/' f"#, "systemctl enable New-Service@x",
        "echo Set-Cookie: a", "curl -H 'Set-Cookie: x' a", "Test-app/run.sh", "Copy-files() { ls; }",
      ])

  private static let secrets: [WildText] =
    of(
      "secret-in-content", .dockerfile,
      finds: [
        #"ENV AWS_SECRET_ACCESS_KEY="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY""#,
        "ENV DB_PASSWORD hunter22x", "RUN echo LTAI5tQnKxUyTcdefg1234 > /a",
        "RUN mysql -u root -phunter22 -e x", "RUN mysql --password=hunter22 -e x",
        "RUN curl -u admin:hunter22 https://e.com/a-1.0",
        #"RUN curl -H "Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0In0.abc" https://e.com/a-1.0"#,
        "RUN echo 'root:hunter22' | chpasswd", "RUN echo hunter22 | passwd --stdin root",
        "RUN git clone https://oauth2:glpat-abcdefghij1234567890@gitlab.com/a.git",
        "RUN export GITHUB_TOKEN=ghp_abcdefghijklmnopqrstuvwxyz0123456789",
        "RUN aliyun configure set --access-key-id LTAI5tQnKxUyTcdefg1234 --access-key-secret abcdEFGHijkl1234567890abcdEFGH",
        "RUN docker login -u a -p hunter22", "RUN useradd -p hunter22 a", #"ENV password="hunter22""#,
        "RUN echo 'password: hunter22' > /etc/a.yml", "RUN printf 'secret_key = abcdef123456' > /a",
        #"ENV MYSQL_ROOT_PASSWORD="hunter22""#, "RUN wget --password=hunter22 https://e.com/a-1",
        "RUN echo '-----BEGIN OPENSSH PRIVATE KEY-----' > k", "RUN sshpass -p hunter22 ssh a",
        "RUN curl 'https://e.com/a-1.0?access_token=abcdef123456' -o x",
        #"ENV SLACK="xoxb-123456789012-abcdefghijkl""#, #"ENV PGPASSWORD="hunter22""#,
        "RUN curl --user admin:hunter22 https://e.com/a-1.0",
      ],
      spares: [
        #"ENV PASSWORD_FILE="/run/secrets/x""#, #"ENV DB_PASSWORD="$DB""#, "RUN export TOKEN=$(cat /x)",
        "RUN export TOKEN=`cat /x`", "RUN export TOKEN=${TOKEN:-}", #"ENV PASSWORD="""#,
        #"ENV PASSWORD="changeme""#, #"ENV TOKEN_TTL="3600""#, #"ENV SECRET_NAME="my-secret""#,
        #"ENV TOKENIZERS_PARALLELISM="false""#, #"ENV PASSWORD_MIN_LEN="8""#,
        "RUN sed -i 's/^PASS_MAX_DAYS.*/PASS_MAX_DAYS 90/' /etc/login.defs",
        "RUN sed -i 's/PasswordAuthentication yes/PasswordAuthentication no/' /etc/ssh/sshd_config",
        "RUN echo PasswordAuthentication=no", #"ENV PASSWORD="<password>""#, #"ENV API_TOKEN="xxxxxxxx""#,
        #"ENV SECRET="********""#, #"ENV API_KEY="your-api-key""#, #"ENV API_KEY="REPLACE_ME""#,
        #"RUN mysql -u root -p"$PW" -e x"#, #"RUN curl -u "$U:$P" https://e.com/a-1.0"#,
        "RUN curl -u admin https://e.com/a-1.0",
        #"RUN curl -H "Authorization: Bearer $T" https://e.com/a-1.0"#, #"RUN openssl passwd -6 "$P""#,
        "RUN git clone ssh://git@e.com:2222/a.git", "RUN echo AKIA", "RUN echo LTAI",
        "RUN grep -q password /etc/pam.d/x", #"ENV DISABLE_TOKEN_CHECK="enabled""#,
        "RUN echo 'password: {{ pw }}' > /a", "RUN kubeadm token create", "RUN echo root:$PW | chpasswd",
        #"ENV SSH_PUBLIC_KEY="ssh-rsa AAAAB3""#, "RUN authconfig --passalgo=sha512 --update",
        "RUN sysctl -w token=enabled", #"ENV TOKEN_URL="https://a/b""#, #"ENV USE_SECRET_STORE="enabled""#,
        "RUN echo 'password requisite pam_pwquality.so' > /etc/pam.d/a",
        #"ENV GPG_KEY="0D96DF4D4110E5C43FBFB17F2D347EA6AA65421D""#,
        #"ENV PASSWORD_STORE_DIR="/var/lib/x""#, #"ENV npm_config_cache="/tmp/npm_cache""#,
        "RUN pip install password-strength==1.0", #"ENV DEBIAN_PRIVATE_KEY_ALGORITHM="ed25519""#,
        "RUN curl --token-file /x https://e.com/a-1", "RUN echo 'nullok try_first_pass password=true' > x",
        "RUN useradd -p '*' a", #"ENV MYSQL_ALLOW_EMPTY_PASSWORD="yes-please""#,
        #"ENV MYSQL_RANDOM_ROOT_PASSWORD="enabled""#, "RUN docker run -p 8080:80 a", "RUN ssh -p 2222 a",
        "RUN mkdir -p /opt/secret",
      ])

  private static let queries: [WildText] =
    of(
      "copy-query-string", .dockerfile,
      finds: [
        "COPY https://e.com/a.tgz?x=1 /opt", "COPY http://e.com/?a /opt", "COPY https://e.com/a?  /opt",
      ],
      spares: [
        "COPY https://e.com/a.tgz /opt", "COPY /tmp/a?b /opt", "COPY https://e.com/a%3Fb /opt",
      ])
}
