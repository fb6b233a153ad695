RUN yum install -y nginx
