RUN yum install -y nginx && \
    systemctl enable nginx
RUN printf 'server_tokens off;\n' > /etc/nginx/conf.d/hardening.conf
