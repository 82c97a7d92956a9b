// Asks again after a while; a reload keeps the fragment, which a refresh by the page itself would lose.
setTimeout(() => location.reload(), Number(document.querySelector('main').dataset.reloadMs))
