namespace PachUp.Pachyderm.Tests;

public class PathEscapesTests
{
    // The patterns were tested with the libraries of pachd: 1.8.7 uses gobwas/glob, 1.9.12 uses a fork of it.
    [Theory]
    [InlineData("1.8.7", "/plain.txt", "/plain.txt")]
    [InlineData("1.8.7", "/scan (1).txt", "/scan (1).txt")]
    [InlineData("1.9.0", "/a@b", "/a@b")]
    [InlineData("1.9.7", "/scan (1).txt", @"/scan {\(}1\).txt")]
    [InlineData("1.9.12", "/scan (1).txt", @"/scan {\(}1\).txt")]
    [InlineData("1.9.12", "/a+b/c^d@e", @"/a{\+}b/c\^d\@e")]
    [InlineData("1.7.14", "/x*y[1]{z}?!", @"/x{\*}y\[1\]\{z\}\?\!")]
    [InlineData("1.8.7", @"/back\slash.txt", @"/back{\\}slash.txt")]
    [InlineData("1.9.12", "/日本 (1).txt", @"/日本 {\(}1\).txt")]
    [InlineData("1.8.7", "/日本[1].txt", @"/日本\[1\].txt")]
    public void A_path_becomes_a_pattern_that_matches_only_this_path(string release, string path, string pattern) =>
        Assert.Equal(pattern, PathEscapes.PatternOf(path, TraitsOf(release)));

    [Theory]
    [InlineData("1.9.12", "/scan (1).txt", @"/scan \(1\).txt")]
    [InlineData("1.9.12", @"/a\(b", @"/a\\\(b")]
    [InlineData("1.8.7", "/scan (1).txt", "/scan (1).txt")]
    public void A_typed_path_has_a_backslash_before_each_special_character(string release, string path, string typed) =>
        Assert.Equal(typed, PathEscapes.Typed(path, TraitsOf(release)));

    [Theory]
    [InlineData("1.9.7", "/scan (1).txt", false, false)]
    [InlineData("1.9.7", "/scan (1).txt", true, true)]
    [InlineData("1.9.8", "/scan (1).txt", false, true)]
    [InlineData("1.9.12", "/a^b", false, true)]
    [InlineData("1.9.12", @"/back\slash.txt", false, false)]
    [InlineData("1.9.12", @"/back\slash.txt", true, true)]
    [InlineData("1.9.12", "/ leading blank,-.txt", true, false)]
    public void A_path_needs_escapes_if_the_release_reads_it_as_a_pattern(string release, string path, bool isOutput, bool expected) =>
        Assert.Equal(expected, PathEscapes.AreNeeded(path, TraitsOf(release), isOutput));

    [Theory]
    [InlineData("1.8.7", "/scan (1).txt", null)]
    [InlineData("1.9.12", "/scan (1).txt", "\"(\" is a glob character in this release")]
    [InlineData("1.8.7", "/q?", "\"?\" is a glob character in this release")]
    [InlineData("1.8.7", @"/back\slash.txt", null)]
    [InlineData("1.8.7", "/tät", "only printable ASCII characters are allowed")]
    public void Put_file_refuses_glob_characters_and_characters_beyond_ASCII(string release, string path, string? reason) =>
        Assert.Equal(reason, PathEscapes.WhyRefused(path, TraitsOf(release)));

    private static ReleaseTraits TraitsOf(string release) => ReleaseTraits.Of(Release.Parse(release));
}
