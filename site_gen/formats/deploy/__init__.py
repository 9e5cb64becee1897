"""Files for hosts, browsers and crawlers: headers, redirects, robots.txt, sitemaps, manifest."""
