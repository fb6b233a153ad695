RUN yum install nginx; apt-get -q upgrade && (reboot) # kiln:ignore reboot-in-script,crlf why
RUN export API_TOKEN="abcdef123456"; curl -fsSL https://me:hunter2@example.com/latest/i.sh | sudo bash -s a
RUN bash <(wget -qO- http://x/y) `vi a` $(cat <<EOT | sh
EOT
) 'q"' "a'$(b "c" \) )"
RUN net user a; copy C:\a D:\b; LTAI5tExampleExample1234 -----BEGIN RSA PRIVATE KEY-----
USER deploy
