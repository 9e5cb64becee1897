"""What hosts and crawlers read: headers, redirects, robots.txt, site maps, security.txt."""
