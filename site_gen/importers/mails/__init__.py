"""Mails: exports of Buttondown, Substack and Mailchimp, mailboxes, folders of mails."""
