using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Plugins.Kubernetes.Tests.Server;

namespace PachUp.Plugins.Kubernetes.Tests.Manifests;

public sealed class RecordedAnswersTests
{
    [Theory]
    [InlineData("02-deploy-google-1.8.7")]
    [InlineData("02-deploy-local-1.7.14")]
    public void WhatARealServerMadeOfAManifest_IsNotDifferentFromIt(string file)
    {
        var created = RecordedCall.Read(file).Where(call => call is { Method: "POST", Status: 201 }).ToList();

        var differences = created
            .Select(call => ObjectChange.Between(Manifest(call.Body), call.Response!.AsObject()))
            .SelectMany(change => change.Fields.Select(field => $"{change.Wanted.Title()} {field}"));

        Assert.NotEmpty(created);
        Assert.Empty(differences);
    }

    private static JsonObject Manifest(string text)
    {
        var value = JsonNode.Parse(text)!.AsObject();
        ServerDefaults.FillIn(value);
        return value;
    }
}
