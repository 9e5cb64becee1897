"""site-gen with a defence taken out, if one is named in SITE_GEN_WITHOUT."""


def take_out_asked() -> None:
    """Nothing yet."""


if __name__ == "__main__":
    from site_gen.cli import main

    take_out_asked()
    main()
