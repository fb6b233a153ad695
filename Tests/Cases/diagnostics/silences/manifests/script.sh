# kiln:ignore reboot-in-script it is the last
reboot
