using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Tests.Archives;
using PachUp.Testing;
using static PachUp.Pachyderm.Tests.OperationSamples;

namespace PachUp.Pachyderm.Tests;

public sealed class EmptyObjectsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Streams { get; } = new()
    {
        // a: a part with a value; e: one without; r: a repo.
        { "", "" },
        { "ae", "ae" },
        { "e", "ee" },
        { "ee", "ee" },
        { "er", "eer" },
        { "eer", "eer" },
        { "aeeaaer", "aeeeaaer" },
        { "aeeeaaer", "aeeeaaer" },
        { "eaer", "eeaer" },
        { "aeaeer", "aeaeeer" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task An_empty_object_becomes_two_operations_and_everything_else_stays(string extracted, string sent) =>
        Assert.Equal(sent, TextOf(await OperationsOf(extracted).ToAsyncEnumerable().WithEmptyObjectsWhole().ToListAsync()));

    [Theory]
    [InlineData("e", 1)]
    [InlineData("ee", 1)]
    [InlineData("aee", 2)]
    [InlineData("aeee", 2)]
    [InlineData("eaer", 2)]
    [InlineData("eeaer", 2)]
    public async Task An_empty_object_is_counted_once_in_both_forms(string stream, int objects)
    {
        var manifest = await ArchiveSamples.WriteAsync(_folder.File("a"), OperationsOf(stream));

        Assert.Equal(objects, manifest.Summary.Objects);
        Assert.Equal(objects, (await ArchiveInspection.VerifyAsync(_folder.File("a"))).Summary.Objects);
    }

    private static IEnumerable<Operation> OperationsOf(string text) => text.Select(letter => letter switch
    {
        'a' => Chunk(1, 2, 3),
        'e' => Chunk(),
        _ => Repo("images"),
    });

    private static string TextOf(IEnumerable<Operation> operations) => string.Concat(operations.Select(operation => operation switch
    {
        { Kind: OperationKind.Repo } => 'r',
        _ => operation.ReadValue().IsEmpty ? 'e' : 'a',
    }));
}
