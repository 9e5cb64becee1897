"""Any folder of Markdown or HTML, with settings of Nikola, Hexo, Docusaurus or Gatsby, or none."""
