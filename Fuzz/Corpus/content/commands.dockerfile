# kiln:ignore comment-line it is an example
FROM IMAGE_FAMILY:acs:alibaba_cloud_linux_3_2104_lts_x64
ENV APP_HOME="/opt/app" LANG="C.UTF-8"
ENV key some value
WORKDIR /opt/app
RUN yum install -y nginx && \
# why
  systemctl enable nginx
COPY https://downloads.example.com/app-1.4.tar.gz?a=b /opt/app
USER deploy
LABEL team='web' \
  role="x y"
CMD ["nginx", "-g", "daemon off;"]
ENTRYPOINT exec nginx
COMPONENT acs:ecs:cn-hangzhou:1234567890123456:imagecomponent/web-base/1.2.* --port 80 --user deploy
COMPONENT ic-bp1example
RESTART
