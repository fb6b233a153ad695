yum install -y nginx
